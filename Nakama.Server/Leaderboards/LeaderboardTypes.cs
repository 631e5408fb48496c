namespace Nakama.Server.Leaderboards;

/// <summary>How a further score changes the existing one; the numbers are those in the database.</summary>
public enum LeaderboardOperator : short
{
    /// <summary>Keeps the better one.</summary>
    Best = 0,

    /// <summary>Keeps the later one.</summary>
    Set = 1,

    /// <summary>Adds.</summary>
    Increment = 2,

    /// <summary>Subtracts, down to zero.</summary>
    Decrement = 3,
}

/// <summary>Which score comes first; the numbers are those in the database.</summary>
public enum LeaderboardSort : short
{
    /// <summary>The lowest first.</summary>
    Ascending = 0,

    /// <summary>The highest first.</summary>
    Descending = 1,
}

/// <summary>A score to submit.</summary>
/// <param name="OwnerId">The owner of the record.</param>
/// <param name="Username">Stored with the record; empty keeps the existing one.</param>
/// <param name="Metadata">The text of a JSON object; empty keeps the existing one.</param>
/// <param name="Operator">How to change the existing score.</param>
public readonly record struct RecordWrite(
    Guid OwnerId, string Username, long Score, long Subscore, string Metadata, LeaderboardOperator Operator);
