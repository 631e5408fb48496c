using System.Diagnostics;
using System.Globalization;

namespace Nakama.Server.Logging;

/// <summary>A line that the node has logged.</summary>
/// <param name="Number">Grows with every line.</param>
/// <param name="Time">When it was logged.</param>
/// <param name="Level">The level.</param>
/// <param name="Category">Where it comes from.</param>
/// <param name="Message">The message without its fields.</param>
/// <param name="Fields">The fields by name.</param>
/// <param name="Error">The error; empty when there is none.</param>
/// <param name="TraceId">The trace; empty when there is none.</param>
internal sealed record LogEntry(
    long Number, DateTimeOffset Time, LogLevel Level, string Category, string Message, KeyValuePair<string, string>[] Fields, string Error, string TraceId)
{
    /// <summary>The approximate size, in characters.</summary>
    public int Weight { get; } = 64 + Message.Length + Error.Length + Fields.Sum(static pair => pair.Key.Length + pair.Value.Length);
}

/// <summary>The last lines of this node, for operators: up to a number and a size, the oldest are forgotten.</summary>
internal sealed class LogBuffer(TimeProvider time) : ILoggerProvider
{
    /// <summary>The number of lines that are kept.</summary>
    public const int MaxLines = 5000;

    private const int MaxWeight = 4 * 1024 * 1024;
    private const int MaxTextLength = 2048;
    private const int MaxFields = 16;

    private readonly Lock _gate = new();
    private readonly Queue<LogEntry> _entries = new();
    private long _number;
    private int _weight;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    /// <summary>The lines that are kept, oldest first.</summary>
    public LogEntry[] Snapshot()
    {
        lock (_gate) return [.. _entries];
    }

    private static string Bound(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength];

    private static string TextOf(object? value) => Bound(value switch
    {
        null => "",
        string text => text,
        TimeSpan duration => LogDuration.Format(duration),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable<string> texts => string.Join(", ", texts.Take(MaxFields)),
        _ => value.ToString() ?? "",
    });

    private void Add(LogLevel level, string category, string message, IReadOnlyList<KeyValuePair<string, object?>>? fields, int skipped, Exception? error)
    {
        var texts = new List<KeyValuePair<string, string>>();
        for (var i = skipped; i < fields?.Count && texts.Count < MaxFields; i++)
        {
            if (fields[i].Key != LogTemplate.Key) texts.Add(new(LogTemplate.FieldName(fields[i].Key), TextOf(fields[i].Value)));
        }

        var errorText = error is null ? "" : Bound(level >= LogLevel.Error ? error.ToString() : error.Message);
        var trace = Activity.Current is { } activity ? activity.TraceId.ToHexString() : "";
        var entry = new LogEntry(Interlocked.Increment(ref _number), time.GetUtcNow(), level, category, Bound(message), [.. texts], errorText, trace);
        lock (_gate)
        {
            _entries.Enqueue(entry);
            _weight += entry.Weight;
            while (_entries.Count > MaxLines || (_weight > MaxWeight && _entries.Count > 1)) _weight -= _entries.Dequeue().Weight;
        }
    }

    private sealed class Logger(LogBuffer buffer, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var fields = state as IReadOnlyList<KeyValuePair<string, object?>>;
            var message = LogTemplate.Message(fields, out var skipped) ?? formatter(state, exception);
            buffer.Add(logLevel, category, message, fields, skipped, exception);
        }
    }
}
