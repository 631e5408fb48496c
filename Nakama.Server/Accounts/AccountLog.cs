namespace Nakama.Server.Accounts;

internal static partial class AccountLog
{
    [LoggerMessage(LogLevel.Error, "Part {Part} could not follow the deletion of an account")]
    public static partial void PartFailed(ILogger log, Exception exception, string part);
}
