namespace Nakama.Server.Status;

internal static partial class StatusLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Could not look up the users to follow.")]
    public static partial void LookupFailed(ILogger logger, Exception exception);
}
