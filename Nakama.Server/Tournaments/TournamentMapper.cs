using Nakama.Protocol.Api;
using Nakama.Server.Leaderboards;
using Leaderboard = Nakama.Server.Leaderboards.Leaderboard;

namespace Nakama.Server.Tournaments;

/// <summary>Maps tournaments to messages.</summary>
public static class TournamentMapper
{
    /// <param name="tournament">The definition.</param>
    /// <param name="size">The number of participants in the round, if counted.</param>
    /// <param name="now">The time whose round is described, in seconds since the epoch.</param>
    public static Tournament ToMessage(Leaderboard tournament, int size, long now)
    {
        var period = TournamentPeriod.At(tournament, now);
        return new()
        {
            Id = tournament.Id,
            Title = tournament.Title,
            Description = tournament.Description,
            Category = (uint)tournament.Category,
            SortOrder = (uint)tournament.Sort,
            Operator = LeaderboardTerms.ToApi(tournament.Operator),
            Size = (uint)size,
            MaxSize = (uint)tournament.MaxSize,
            MaxNumScore = (uint)tournament.MaxNumScore,
            CanEnter = period.StartActive <= now && now <= period.EndActive && size < tournament.MaxSize,
            StartActive = RecordTime.Field(period.StartActive),
            EndActive = RecordTime.Field(period.EndActive),
            NextReset = RecordTime.Field(period.Expiry),
            PrevReset = RecordTime.Field(tournament.ResetSchedule is { } schedule && tournament.StartTime <= now ? schedule.Last(now) : 0),
            Metadata = tournament.Metadata,
            CreateTime = RecordTime.Stamp(tournament.CreatedAt),
            StartTime = new() { Seconds = tournament.StartTime },
            EndTime = tournament.EndTime == 0 ? null : new() { Seconds = tournament.EndTime },
            Duration = (uint)tournament.Duration,
            Authoritative = tournament.IsAuthoritative,
            JoinRequired = tournament.IsJoinRequired,
        };
    }
}
