using System.Diagnostics.Metrics;

namespace Auth.Specs.Given;

/// <summary>Counts the password hashes that one spec's calls cause; those of specs beside it do not count.</summary>
public sealed class HashWork : IDisposable
{
    private static readonly AsyncLocal<HashWork?> Mine = new();
    private static readonly MeterListener Listener = Listen();
    private int _hashes;

    private HashWork() => Mine.Value = this;

    /// <summary>From here on, in this spec.</summary>
    public static HashWork Begin()
    {
        _ = Listener;
        return new();
    }

    /// <summary>So far.</summary>
    public int Hashes => _hashes;

    /// <inheritdoc />
    public void Dispose() => Mine.Value = null;

    private static MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Auth", Name: "auth.password.hashes" }) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => { if (Mine.Value is { } work) Interlocked.Add(ref work._hashes, (int)count); });
        listener.Start();
        return listener;
    }
}
