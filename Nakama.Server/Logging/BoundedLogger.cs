using System.Collections.Concurrent;

namespace Nakama.Server.Logging;

/// <summary>
/// Stands before the writers of every category. What clients get wrong becomes a line at the level of information without
/// a stack, and of one kind of message only so many lines are written in a minute. Lines below information are for those
/// who look for something and asked for all of them.
/// </summary>
internal sealed class BoundedLogger(ILogger writers, LogRates rates) : ILogger
{
    private readonly ConcurrentDictionary<EventId, LogRate> _kinds = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => writers.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => writers.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel > LogLevel.Information && ClientInputException.Caused(exception))
        {
            logLevel = LogLevel.Information;
            exception = new ClientInputException(exception!.Message);
        }

        if (!writers.IsEnabled(logLevel)) return;
        if (logLevel >= LogLevel.Information)
        {
            var kind = _kinds.GetOrAdd(eventId, static (_, rates) => new LogRate(rates), rates);
            if (!kind.Admits(out var dropped)) return;
            if (dropped > 0) LoggingLog.LinesDropped(writers, dropped, eventId.Name ?? "");
        }

        writers.Log(logLevel, eventId, state, exception, formatter);
    }
}
