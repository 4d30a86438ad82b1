using Auth.Host.Http;

namespace Auth.Host.Audit;

/// <summary>What reads the whole past goes one at a time on a host; whoever comes meanwhile is told to come again (429).</summary>
public sealed class Turn : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _one = new(1, 1);

    internal async Task<T> Alone<T>(Func<Task<T>> act, CancellationToken ct)
    {
        if (!await _one.WaitAsync(TimeSpan.Zero, ct)) throw Problems.TooManyRequests.After(Soon).Refuse();
        try
        {
            return await act();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();
}
