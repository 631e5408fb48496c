namespace Nakama.Server.Authentication;

internal static partial class AuthenticationLog
{
    [LoggerMessage(LogLevel.Warning, "The address that {Provider} gives for user {UserId} belongs to another account")]
    public static partial void EmailTaken(ILogger log, string provider, Guid userId);

    [LoggerMessage(LogLevel.Warning, "The {Provider} friends of user {UserId} could not be imported: {Reason}")]
    public static partial void ImportFailed(ILogger log, string provider, Guid userId, string reason);
}
