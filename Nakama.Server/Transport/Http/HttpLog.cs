namespace Nakama.Server.Transport.Http;

internal static partial class HttpLog
{
    [LoggerMessage(1, LogLevel.Error, "Could not answer below {Prefix}")]
    public static partial void RouteFailed(ILogger logger, Exception error, string prefix);
}
