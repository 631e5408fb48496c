namespace Nakama.Server.Logging;

internal static partial class LoggingLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Lines of one kind were left out of the log {count} {kind}")]
    public static partial void LinesDropped(ILogger log, int count, string kind);
}
