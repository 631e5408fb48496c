namespace Nakama.Server.Leaderboards;

/// <summary>Settings below <c>leaderboard</c>.</summary>
public sealed record LeaderboardOptions
{
    /// <summary>Ids of leaderboards whose ranks are not kept in memory; <c>*</c> is all of them.</summary>
    public IReadOnlyList<string> BlacklistRankCache { get; init; } = [];

    /// <summary>How many ends and resets may wait for modules, at least 1.</summary>
    public int CallbackQueueSize { get; init; } = 65536;

    /// <summary>How many ends and resets are handled at the same time, at least 1.</summary>
    public int CallbackQueueWorkers { get; init; } = 8;

    /// <summary>How many leaderboards are loaded at the same time at the start.</summary>
    public int RankCacheWorkers { get; init; } = 1;
}
