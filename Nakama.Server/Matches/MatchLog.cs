namespace Nakama.Server.Matches;

internal static partial class MatchLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Matches could not be listed: {Reason}")]
    public static partial void ListFailed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Match {MatchId} of {Handler} began with {TickRate} ticks per second")]
    public static partial void Began(ILogger logger, string matchId, string handler, int tickRate);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Match {MatchId} ended")]
    public static partial void Ended(ILogger logger, string matchId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The handler {Handler} of match {MatchId} could not describe its state")]
    public static partial void StateNotDescribed(ILogger logger, Exception exception, string matchId, string handler);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopping match {MatchId}, its handler {Handler} failed in {Call}: {Reason}")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string matchId, string handler, MatchCallKind call, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopping match {MatchId}, too many calls wait for its handler {Handler}")]
    public static partial void CallsFull(ILogger logger, string matchId, string handler);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Matches are behind and left out {Count} loops, the last of match {MatchId} of {Handler}")]
    public static partial void LoopsSkipped(ILogger logger, long count, string matchId, string handler);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Matches dropped {Count} messages, for which there was no room, the last of match {MatchId} of {Handler}")]
    public static partial void MessagesDropped(ILogger logger, long count, string matchId, string handler);

    [LoggerMessage(Level = LogLevel.Information, Message = "Match {MatchId} ended, it was empty for too long")]
    public static partial void EmptyTooLong(ILogger logger, string matchId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The handler {Handler} of match {MatchId} could not be released")]
    public static partial void ReleaseFailed(ILogger logger, Exception exception, string matchId, string handler);

    [LoggerMessage(Level = LogLevel.Information, Message = "All authoritative matches stopped")]
    public static partial void AllEnded(ILogger logger);
}
