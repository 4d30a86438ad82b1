using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Auth.Specs.Given;

/// <summary>Counts what a request sends to the database and waits for: batches, commands and commits, by Npgsql's own log. What the service does in the background belongs to nobody's count.</summary>
public sealed class RoundTrips : ILoggerProvider
{
    private static readonly AsyncLocal<ConcurrentQueue<string>?> Counting = new();
    private static readonly HashSet<string?> Trips = ["BatchExecutionCompleted", "CommandExecutionCompleted", "CommittedTransaction", "RolledBackTransaction"];

    /// <summary>The trips of this request, in order; BEGIN is none, it leaves with the first batch.</summary>
    public static async Task<IReadOnlyList<string>> Of(Func<Task<Reply>> request, int status = 200)
    {
        var trips = Counting.Value = new();
        var reply = await request();
        Counting.Value = null;
        reply.Status.ShouldBe(status, reply.Text);
        return [.. trips];
    }

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Ears();

    /// <inheritdoc />
    public void Dispose() { }

    private sealed class Ears : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Trips.Contains(eventId.Name)) Counting.Value?.Enqueue($"{eventId.Name}: {formatter(state, exception)}");
        }
    }
}
