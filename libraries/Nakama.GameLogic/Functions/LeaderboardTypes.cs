using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Which scores are at the top.</summary>
public enum ScoreOrder
{
    /// <summary>High scores.</summary>
    Descending,

    /// <summary>Low scores.</summary>
    Ascending,
}

/// <summary>What a submitted score does to a record.</summary>
public enum ScoreOperator
{
    /// <summary>The better score stays.</summary>
    Best,

    /// <summary>The submitted score replaces the old one.</summary>
    Set,

    /// <summary>The submitted score is added.</summary>
    Increment,

    /// <summary>The submitted score is subtracted.</summary>
    Decrement,
}

/// <summary>A leaderboard to be made.</summary>
/// <param name="Id">The id.</param>
public record LeaderboardDefinition(string Id)
{
    /// <summary>Whether only game logic may submit scores.</summary>
    public bool IsAuthoritative { get; init; }

    /// <summary>Which scores are at the top.</summary>
    public ScoreOrder Order { get; init; }

    /// <summary>What a submitted score does to a record.</summary>
    public ScoreOperator Operator { get; init; }

    /// <summary>A cron expression for the end of periods; null for a single period.</summary>
    public string? ResetSchedule { get; init; }

    /// <summary>A JSON object; null for none.</summary>
    public string? Metadata { get; init; }

    /// <summary>Whether ranks are computed.</summary>
    public bool AreRanksEnabled { get; init; }
}

/// <summary>A tournament to be made.</summary>
/// <param name="Id">The id.</param>
/// <param name="Duration">How long a round accepts scores, in whole seconds.</param>
public sealed record TournamentDefinition(string Id, TimeSpan Duration) : LeaderboardDefinition(Id)
{
    /// <summary>The title.</summary>
    public string Title { get; init; } = "";

    /// <summary>The description.</summary>
    public string Description { get; init; } = "";

    /// <summary>The category, 0 to 127.</summary>
    public int Category { get; init; }

    /// <summary>When the first round begins; null for now.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When the tournament ends; null for never.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The most participants; 0 for any number.</summary>
    public int MaxSize { get; init; }

    /// <summary>How many scores an owner may submit in a round; 0 for any number.</summary>
    public int MaxNumScore { get; init; }

    /// <summary>Whether users must join before they submit scores.</summary>
    public bool IsJoinRequired { get; init; }
}

/// <summary>A page of records.</summary>
/// <param name="Records">The records.</param>
/// <param name="OwnerRecords">The records of the requested owners.</param>
/// <param name="NextCursor">The cursor of the next page; null without one.</param>
/// <param name="PreviousCursor">The cursor of the previous page; null without one.</param>
/// <param name="RankCount">The number of ranked records of the period.</param>
public sealed record RecordPage(
    IReadOnlyList<LeaderboardRecord> Records, IReadOnlyList<LeaderboardRecord> OwnerRecords, string? NextCursor, string? PreviousCursor, long RankCount);
