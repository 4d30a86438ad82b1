using Auth.Host.Wiring;
using Auth.Projections.Proof;

namespace Auth.Host.Witnesses;

/// <summary>Once a second: seals what is due and tells witnesses. Sign-ins do not wait for it, and do not end with it: what goes wrong shows in the log and in the health.</summary>
internal sealed partial class Sealer(Sealing sealing, Witnessing witnessing, SealTroubles troubles, TimeProvider clock, ILogger<Sealer> log) : BackgroundService
{
    private readonly Dictionary<string, DateTimeOffset> _again = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.Next(stoppingToken))
        {
            await Quietly("seals", async () =>
            {
                while (await sealing.Once(stoppingToken) == sealing.Most)
                {
                }
            });
            await Quietly("witnesses", () => witnessing.Once(stoppingToken));
        }
    }

    // Told once, and tried again in ten seconds: a witness that is away must not fill the log.
    private async Task Quietly(string what, Func<Task> work)
    {
        if (_again.TryGetValue(what, out var then) && clock.GetUtcNow() < then) return;
        try
        {
            await work();
            _again.Remove(what);
            troubles.Over(what);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _again[what] = clock.GetUtcNow().AddSeconds(10);
            if (troubles.Began(what, Sentence(e))) Failed(what, Sentence(e));
        }
    }

    private static string Sentence(Exception e) => e switch
    {
        AggregateException many => string.Join(' ', many.InnerExceptions.Select(Sentence)),
        BrokenSealException or NotWitnessedException => e.Message,
        _ => e.GetType().Name,
    };

    [LoggerMessage(LogLevel.Error, "The {What} of the history are in trouble: {Sentence}")]
    private partial void Failed(string what, string sentence);
}

/// <summary>What is wrong with the seals, for the health page.</summary>
internal sealed class SealTroubles
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _now = new();

    internal IEnumerable<string> Now => _now.Values.Distinct();

    internal void Over(string what) => _now.TryRemove(what, out _);

    /// <summary>False when that was known.</summary>
    internal bool Began(string what, string sentence)
    {
        var known = _now.TryGetValue(what, out var before) && before == sentence;
        _now[what] = sentence;
        return !known;
    }
}
