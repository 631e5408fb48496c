namespace Nakama.Server.Leaderboards;

/// <summary>Maps leaderboards to messages.</summary>
public static class LeaderboardMapper
{
    /// <param name="board">Not a tournament.</param>
    /// <param name="now">The time whose period is described, in seconds since the epoch.</param>
    public static Nakama.Protocol.Api.Leaderboard ToMessage(Leaderboard board, long now) => new()
    {
        Id = board.Id,
        SortOrder = (uint)board.Sort,
        Operator = LeaderboardTerms.ToApi(board.Operator),
        PrevReset = RecordTime.Field(board.ResetSchedule is { } last && board.StartTime <= now ? last.Last(now) : 0),
        NextReset = RecordTime.Field(board.ResetSchedule is { } next ? next.Next(now) : 0),
        Metadata = board.Metadata,
        CreateTime = RecordTime.Stamp(board.CreatedAt),
        Authoritative = board.IsAuthoritative,
    };
}
