using Auth.Host.Witnesses;

namespace Auth.Host.Audit.Proving;

/// <summary>How a host verifies: over a connection beside those of the requests, in a snapshot of its own. What is asked for over HTTP takes turns.</summary>
internal sealed class HostVerifying(IServiceProvider services, IConfiguration configuration, WitnessOptions witnesses) : IDisposable
{
    private readonly Turn _turn = new();

    /// <summary>Looks, and tells the last event that there was.</summary>
    internal async Task<(T Found, long UpTo)> Look<T>(Func<Verifying, Task<T>> look, CancellationToken ct)
    {
        var own = witnesses.Kept();
        await using var reader = await ProofReader.Open(configuration.GetConnectionString("Auth")!, services, [], ct);
        return (await look(new(reader, [], own)), (await reader.Extent(ct)).UpTo);
    }

    /// <summary>The same for one at a time on this host.</summary>
    internal Task<(T Found, long UpTo)> LookAlone<T>(Func<Verifying, Task<T>> look, CancellationToken ct) => _turn.Alone(() => Look(look, ct), ct);

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();
}
