namespace Nakama.Server.Leaderboards;

/// <summary>What a further score does to the one before; the numbers are those in the database.</summary>
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
