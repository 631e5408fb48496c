namespace Nakama.Server.Config;

/// <summary>Settings below <c>leaderboard</c>.</summary>
public sealed record LeaderboardOptions
{
    /// <summary>Ids without rank cache; * = all.</summary>
    public IReadOnlyList<string> BlacklistRankCache { get; init; } = [];

    /// <summary>≥1.</summary>
    public int CallbackQueueSize { get; init; } = 65536;

    /// <summary>≥1.</summary>
    public int CallbackQueueWorkers { get; init; } = 8;

    /// <summary>Parallel loaders at start.</summary>
    public int RankCacheWorkers { get; init; } = 1;
}
