using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Auth.Specs.Given;

/// <summary>Keeps what a host logs, exceptions included.</summary>
public sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>All of it, one entry after the other.</summary>
    public string Text => string.Join('\n', _lines);

    /// <summary>One by one, each with its level and category in front.</summary>
    public IReadOnlyList<string> Entries => [.. _lines];

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Lines(categoryName, _lines);

    /// <inheritdoc />
    public void Dispose() { }

    private sealed class Lines(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception}");
    }
}
