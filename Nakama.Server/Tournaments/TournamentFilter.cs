using Nakama.Server.Leaderboards;

namespace Nakama.Server.Tournaments;

/// <summary>Which tournaments to list.</summary>
/// <param name="CategoryStart">The lowest category.</param>
/// <param name="CategoryEnd">The highest category.</param>
/// <param name="StartTime">The earliest start, in seconds since the epoch; null for any.</param>
/// <param name="EndTime">The latest end; 0 for those that never end; null for those that have not ended.</param>
public readonly record struct TournamentFilter(long CategoryStart, long CategoryEnd, long? StartTime, long? EndTime)
{
    public bool Takes(Leaderboard tournament, long now) =>
        tournament.Category >= CategoryStart && tournament.Category <= CategoryEnd
        && (StartTime is not { } start || tournament.StartTime >= start)
        && EndTime switch
        {
            null => tournament.EndTime == 0 || tournament.EndTime >= now,
            0 => tournament.EndTime == 0,
            { } end => tournament.EndTime > 0 && tournament.EndTime <= end,
        };
}
