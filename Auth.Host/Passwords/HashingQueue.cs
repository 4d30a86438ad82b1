using Microsoft.Extensions.Options;

namespace Auth.Host.Passwords;

/// <summary>Lets as many hashes run at once as there are cores, a bounded number wait, and turns the rest away (R48).</summary>
public sealed class HashingQueue(IOptions<PasswordOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(options.Value.Parallel);
    private readonly int _most = options.Value.Parallel + options.Value.Waiting;
    private int _inside;

    /// <summary>The result of the work, or null when too many are waiting already.</summary>
    public async Task<T?> Run<T>(Func<T> work, CancellationToken ct) where T : class
    {
        if (Interlocked.Increment(ref _inside) > _most)
        {
            Interlocked.Decrement(ref _inside);
            return null;
        }

        try
        {
            await _turn.WaitAsync(ct);
            try
            {
                // A thread of its own: the pool's are as few as the cores, and every other request needs them.
                return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
