namespace Nakama.Server.Groups;

internal static partial class GroupLog
{
    [LoggerMessage(LogLevel.Error, "{Operation} failed in the database")]
    public static partial void StatementFailed(ILogger log, Exception exception, string operation);
}
