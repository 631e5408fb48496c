namespace Nakama.Server.Accounts;

internal static partial class AccountLog
{
    [LoggerMessage(LogLevel.Error, "Part {Part} could not follow the deletion of an account")]
    public static partial void PartFailed(ILogger log, Exception exception, string part);

    [LoggerMessage(LogLevel.Error, "{Listener} could not forget data that was deleted")]
    public static partial void DropFailed(ILogger log, Exception exception, string listener);

    [LoggerMessage(Level = LogLevel.Error, Message = "A part of an imported account could not be followed in memory")]
    public static partial void ImportPartFailed(ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database has refused the import of an account {User}")]
    public static partial void ImportFailed(ILogger log, Exception error, Guid user);
}
