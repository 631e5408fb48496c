namespace Nakama.Server.Leaderboards;

/// <summary>Which score comes first; the numbers are those in the database.</summary>
public enum LeaderboardSort : short
{
    /// <summary>The lowest first.</summary>
    Ascending = 0,

    /// <summary>The highest first.</summary>
    Descending = 1,
}
