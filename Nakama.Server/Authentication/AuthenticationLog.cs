namespace Nakama.Server.Authentication;

internal static partial class AuthenticationLog
{
    [LoggerMessage(LogLevel.Error, "{Operation} failed in the database")]
    public static partial void StatementFailed(ILogger log, Exception exception, string operation);
}
