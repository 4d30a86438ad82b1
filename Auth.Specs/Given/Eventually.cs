namespace Auth.Specs.Given;

/// <summary>Waits for something that the service does by itself, and for nothing longer; the run's own time limit ends what never comes.</summary>
public static class Eventually
{
    /// <summary>The first answer that is there.</summary>
    public static async Task<T> Of<T>(Func<Task<T?>> ask) where T : class
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            if (await ask() is { } answer) return answer;
        }
        while (await again.WaitForNextTickAsync(TestContext.Current.CancellationToken));

        throw new OperationCanceledException();
    }
}
