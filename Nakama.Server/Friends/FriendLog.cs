namespace Nakama.Server.Friends;

internal static partial class FriendLog
{
    [LoggerMessage(LogLevel.Error, "{Operation} failed in the database")]
    public static partial void StatementFailed(ILogger log, Exception exception, string operation);
}
