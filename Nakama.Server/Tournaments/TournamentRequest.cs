using Nakama.Server.Leaderboards;

namespace Nakama.Server.Tournaments;

/// <summary>A tournament to create.</summary>
public sealed record TournamentRequest
{
    public required string Id { get; init; }

    public bool IsAuthoritative { get; init; }

    public LeaderboardSort Sort { get; init; } = LeaderboardSort.Descending;

    public LeaderboardOperator Operator { get; init; } = LeaderboardOperator.Best;

    /// <summary>A cron expression; empty when there is a single round.</summary>
    public string ResetSchedule { get; init; } = "";

    /// <summary>The text of a JSON object.</summary>
    public string Metadata { get; init; } = "{}";

    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>0 to 127.</summary>
    public int Category { get; init; }

    /// <summary>How long each round is open, in seconds; at least 1.</summary>
    public int Duration { get; init; }

    /// <summary>Seconds since the epoch; 0 is now.</summary>
    public long StartTime { get; init; }

    /// <summary>Seconds since the epoch; 0 is never.</summary>
    public long EndTime { get; init; }

    /// <summary>The maximum number of participants in a round; 0 is unlimited.</summary>
    public int MaxSize { get; init; }

    /// <summary>The maximum number of scores that a participant may submit in a round; 0 is a million.</summary>
    public int MaxNumScore { get; init; }

    public bool IsJoinRequired { get; init; }

    public bool AreRanksEnabled { get; init; }
}
