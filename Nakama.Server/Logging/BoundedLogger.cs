using System.Collections.Concurrent;

namespace Nakama.Server.Logging;

/// <summary>
/// Wraps the loggers of every category. Failures caused by client input become lines at information level without
/// a stack trace, and the number of lines per minute is bounded for each kind of message. Levels below information are not
/// bounded, since they are enabled only for diagnosis.
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
