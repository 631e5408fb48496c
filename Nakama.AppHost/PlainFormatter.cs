using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Nakama.AppHost;

/// <summary>Writes a log entry of the app host itself as its message only: no category, no event id.</summary>
internal sealed class PlainFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.WriteLine($"{logEntry.LogLevel.ToString().ToLowerInvariant()}: {logEntry.Formatter(logEntry.State, logEntry.Exception)}");
        if (logEntry.Exception is { } exception) textWriter.WriteLine($"  {exception.Message}");
    }
}
