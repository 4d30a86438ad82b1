namespace Auth.Specs.Given;

/// <summary>Waits for something that the service does by itself, and no longer; what does not come within a minute fails its spec instead of hanging the run.</summary>
public static class Eventually
{
    /// <summary>The first answer that is there.</summary>
    public static async Task<T> Of<T>(Func<Task<T?>> ask) where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            if (await ask() is { } answer) return answer;
        }
        while (await again.WaitForNextTickAsync(patience.Token));

        throw new OperationCanceledException();
    }
}
