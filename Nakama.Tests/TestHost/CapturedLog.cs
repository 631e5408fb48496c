using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MicrosoftLogger = Microsoft.Extensions.Logging.ILogger;

namespace Nakama.Tests.TestHost;

/// <summary>Records what a node logs, for tests that count its warnings and errors.</summary>
public sealed class CapturedLog(LogLevel least = LogLevel.Information) : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = [];

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public MicrosoftLogger CreateLogger(string categoryName) => new Logger(categoryName, least, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, LogLevel least, ConcurrentQueue<LogLine> lines) : MicrosoftLogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) lines.Enqueue(new LogLine(logLevel, category, formatter(state, exception), exception));
        }
    }
}

public sealed record LogLine(LogLevel Level, string Category, string Text, Exception? Error);
