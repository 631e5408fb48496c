namespace Nakama.Server.Identity;

internal static partial class SocialLog
{
    [LoggerMessage(LogLevel.Debug, "Credentials of {Provider} are refused: {Reason}")]
    public static partial void Refused(ILogger log, string provider, string reason);

    [LoggerMessage(LogLevel.Warning, "{Provider} could not be asked: {Problem}")]
    public static partial void AskingFailed(ILogger log, string provider, string problem);

    [LoggerMessage(LogLevel.Warning, "The keys at {Host} could not be read: {Problem}")]
    public static partial void KeysFailed(ILogger log, string host, string problem);
}
