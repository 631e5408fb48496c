namespace Nakama.Server.Matches;

internal static partial class MatchLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Matches could not be listed: {Reason}")]
    public static partial void ListFailed(ILogger logger, string reason);
}
