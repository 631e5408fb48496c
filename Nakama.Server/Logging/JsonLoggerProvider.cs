using Nakama.Server.Errors;

namespace Nakama.Server.Logging;

/// <summary>Writes every entry as one line of JSON to stdout, to a file, or to both.</summary>
[ProviderAlias("Json")]
internal sealed class JsonLoggerProvider : ILoggerProvider
{
    /// <summary>Entries of this category are written to stdout even where all others go only to the file.</summary>
    public const string StartupCategory = "Nakama.Startup";

    private readonly LogFile? _file;
    private readonly Stream? _stdout;
    private readonly JsonLine _line;
    private readonly bool _isStdoutForAll;
    private readonly Lock _writing = new();

    public JsonLoggerProvider(LoggerOptions options, TimeProvider time, bool hasStdout)
        : this(options, time, hasStdout ? Console.OpenStandardOutput() : null)
    {
    }

    internal JsonLoggerProvider(LoggerOptions options, TimeProvider time, Stream? stdout)
    {
        _line = new JsonLine(options.Format.Equals("stackdriver", StringComparison.OrdinalIgnoreCase), time);
        _stdout = stdout;
        _isStdoutForAll = options.Stdout || options.File.Length == 0;
        if (options.File.Length > 0) _file = new LogFile(options, time);
    }

    public ILogger CreateLogger(string categoryName) => new JsonLogger(
        this,
        categoryName == StartupCategory || _isStdoutForAll,
        categoryName.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal));

    public void Dispose()
    {
        lock (_writing) _file?.Dispose();
    }

    private void Write(ReadOnlySpan<byte> line, bool isForStdout)
    {
        lock (_writing)
        {
            _file?.Write(line);
            if (!isForStdout || _stdout is null) return;
            try
            {
                _stdout.Write(line);
            }
            catch (IOException)
            {
                // The reader has closed stdout, and the failure cannot be logged anywhere.
            }
        }
    }

    private sealed class JsonLogger(JsonLoggerProvider provider, bool isForStdout, bool isHost) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // The program itself reports why it does not start; the host would add a stack trace of its own code.
            if (isHost && exception is StartupException) return;
            using var line = provider._line.Write(logLevel, state, exception, formatter);
            provider.Write(line.Span, isForStdout);
        }
    }
}
