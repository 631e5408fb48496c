namespace Nakama.Server.Accounts;

internal static partial class AccountLog
{
    [LoggerMessage(LogLevel.Error, "{Operation} failed in the database")]
    public static partial void StatementFailed(ILogger log, Exception exception, string operation);

    [LoggerMessage(LogLevel.Error, "Part {Part} could not follow the deletion of an account")]
    public static partial void PartFailed(ILogger log, Exception exception, string part);
}
