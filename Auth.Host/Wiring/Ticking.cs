namespace Auth.Host.Wiring;

/// <summary>How background work waits for its next turn.</summary>
public static class Ticking
{
    /// <summary>Whether there is a next turn; a host that stops, also one that never came up, ends the work without an error.</summary>
    public static async ValueTask<bool> Next(this PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
