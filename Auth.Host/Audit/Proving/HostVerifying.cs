using Auth.Host.Http;
using Auth.Host.Witnesses;

namespace Auth.Host.Audit.Proving;

/// <summary>How a host verifies: over a connection beside those of the requests, in a snapshot of its own. What is asked for over HTTP takes turns.</summary>
internal sealed class HostVerifying(IServiceProvider services, IConfiguration configuration, WitnessOptions witnesses) : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Looks, and tells the last event that there was.</summary>
    internal async Task<(T Found, long UpTo)> Look<T>(Func<Verifying, Task<T>> look, CancellationToken ct)
    {
        var own = witnesses.Kept();
        await using var reader = await ProofReader.Open(configuration.GetConnectionString("Auth")!, services, [], ct);
        return (await look(new(reader, [], own)), (await reader.Extent(ct)).UpTo);
    }

    /// <summary>The same for one at a time on this host; whoever comes meanwhile is told to come again.</summary>
    internal async Task<(T Found, long UpTo)> LookAlone<T>(Func<Verifying, Task<T>> look, CancellationToken ct)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, ct)) throw Problems.TooManyRequests.After(Soon).Refuse();
        try
        {
            return await Look(look, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();
}
