using Nakama.Protocol.Api;

namespace Nakama.Server.Leaderboards;

/// <summary>A page of records in leaderboard order, those of the requested owners, and the cursors of adjacent pages.</summary>
public sealed class RecordPage
{
    public static RecordPage Empty => new();

    public IReadOnlyList<LeaderboardRecord> Records { get; init; } = [];

    public IReadOnlyList<LeaderboardRecord> OwnerRecords { get; init; } = [];

    /// <summary>Empty when nothing follows.</summary>
    public string NextCursor { get; init; } = "";

    /// <summary>Empty when nothing precedes.</summary>
    public string PrevCursor { get; init; } = "";

    /// <summary>How many records have ranks.</summary>
    public long RankCount { get; init; }

    public LeaderboardRecordList ToLeaderboardRecords() => new()
    {
        Records = { Records },
        OwnerRecords = { OwnerRecords },
        NextCursor = NextCursor,
        PrevCursor = PrevCursor,
        RankCount = RankCount,
    };

    public TournamentRecordList ToTournamentRecords() => new()
    {
        Records = { Records },
        OwnerRecords = { OwnerRecords },
        NextCursor = NextCursor,
        PrevCursor = PrevCursor,
        RankCount = RankCount,
    };
}
