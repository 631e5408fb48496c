namespace Nakama.Server.Security;

internal static partial class RateLimitLog
{
    [LoggerMessage(1, LogLevel.Warning, "Requests or messages beyond a limit are refused {setting} {sender}")]
    public static partial void Refused(ILogger logger, string setting, object sender);
}
