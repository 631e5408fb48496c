namespace Nakama.Server.Matchmaking;

internal static partial class MatchmakerLog
{
    [LoggerMessage(LogLevel.Debug, "Session {SessionId} was not added to the matchmaker: {Reason}")]
    public static partial void NotAdded(ILogger logger, Guid sessionId, string reason);

    [LoggerMessage(LogLevel.Debug, "Matchmaker ticket {Ticket} cannot be searched for: {Reason}")]
    public static partial void CannotSearch(ILogger logger, string ticket, string reason);

    [LoggerMessage(LogLevel.Debug, "Matchmaker made {Matches} matches of {Tickets} tickets in {Elapsed}")]
    public static partial void RoundDone(ILogger logger, int matches, int tickets, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Error, "Matchmaker {Hook} hook failed")]
    public static partial void HookFailed(ILogger logger, Exception exception, string hook);

    [LoggerMessage(LogLevel.Error, "Matchmaker matched hook returned {MatchId}, which is no match id; the players get a token")]
    public static partial void InvalidMatchId(ILogger logger, string matchId);

    [LoggerMessage(LogLevel.Warning, "Matchmaker {Hook} hook returned a match with players who are no longer waiting; it is dropped")]
    public static partial void MatchDropped(ILogger logger, string hook);

    [LoggerMessage(LogLevel.Warning, "Matchmaker {Hook} hook returned a match with only a part of the players of a ticket; it is dropped")]
    public static partial void PartOfTicket(ILogger logger, string hook);

    [LoggerMessage(LogLevel.Debug, "Matchmaker passes {Candidates} possible matches to game logic; {Waiting} tickets have no turn in this interval")]
    public static partial void TooManyCandidates(ILogger logger, int candidates, int waiting);
}
