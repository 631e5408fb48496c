namespace Nakama.Server.Leaderboards;

/// <summary>A leaderboard to create.</summary>
public sealed record LeaderboardRequest
{
    public required string Id { get; init; }

    public bool IsAuthoritative { get; init; }

    public LeaderboardSort Sort { get; init; } = LeaderboardSort.Descending;

    public LeaderboardOperator Operator { get; init; } = LeaderboardOperator.Best;

    /// <summary>A cron expression; empty when records do not expire.</summary>
    public string ResetSchedule { get; init; } = "";

    /// <summary>The text of a JSON object.</summary>
    public string Metadata { get; init; } = "{}";

    public bool AreRanksEnabled { get; init; }
}
