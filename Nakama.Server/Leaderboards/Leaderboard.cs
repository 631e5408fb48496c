using Nakama.Server.Scheduling;

namespace Nakama.Server.Leaderboards;

/// <summary>
/// The definition of a leaderboard, without its records. A leaderboard with a duration is a tournament; the tournament
/// members apply only then. Immutable: an updated version replaces it in the registry.
/// </summary>
public sealed record Leaderboard
{
    /// <summary>The maximum size of tournaments without a limit, whose participants are not counted.</summary>
    public const int Unlimited = int.MaxValue;

    public required string Id { get; init; }

    /// <summary>Whether only the server may write.</summary>
    public bool IsAuthoritative { get; init; }

    public LeaderboardSort Sort { get; init; } = LeaderboardSort.Descending;

    public LeaderboardOperator Operator { get; init; } = LeaderboardOperator.Best;

    /// <summary>When a period ends and the next begins; null when there is a single period.</summary>
    public CronExpression? ResetSchedule { get; init; }

    /// <summary>The text of a JSON object.</summary>
    public string Metadata { get; init; } = "{}";

    public DateTime CreatedAt { get; init; }

    /// <summary>Whether ranks are kept in memory.</summary>
    public bool AreRanksEnabled { get; init; }

    /// <summary>How long each period is open, in seconds.</summary>
    public int Duration { get; init; }

    /// <summary>Seconds since the epoch.</summary>
    public long StartTime { get; init; }

    /// <summary>Seconds since the epoch; 0 when it never ends.</summary>
    public long EndTime { get; init; }

    public int Category { get; init; }

    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    public bool IsJoinRequired { get; init; }

    /// <summary>The maximum number of participants in a period, or <see cref="Unlimited"/>.</summary>
    public int MaxSize { get; init; } = Unlimited;

    /// <summary>The maximum number of scores that a participant may submit in a period.</summary>
    public int MaxNumScore { get; init; } = 1_000_000;

    public bool IsTournament => Duration > 0;

    public bool HasMaxSize => MaxSize != Unlimited;

    /// <summary>The expiry of records written at this time, in seconds since the epoch; 0 when they do not expire.</summary>
    /// <remarks>When the schedule has no further match, the last period never ends.</remarks>
    public long ExpiryAt(long now) => ResetSchedule?.Next(now) is { } next and not CronExpression.Never ? next : 0;
}
