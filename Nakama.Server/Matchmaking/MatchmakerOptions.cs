namespace Nakama.Server.Matchmaking;

/// <summary>Settings below <c>matchmaker</c>.</summary>
public sealed record MatchmakerOptions
{
    /// <summary>How many tickets a session or party may hold, at least 1.</summary>
    public int MaxTickets { get; init; } = 3;

    /// <summary>How many tickets a session may ask for in a second, refused ones included; 0 is any number.</summary>
    public int MaxAddsPerSec { get; init; } = 30;

    /// <summary>How often matches are made, in seconds, at least 1.</summary>
    public int IntervalSec { get; init; } = 15;

    /// <summary>How many rounds a ticket waits for the most players it wants before fewer will do, at least 1.</summary>
    public int MaxIntervals { get; init; } = 2;

    /// <summary>Whether the players found must want the seeker as well.</summary>
    public bool RevPrecision { get; init; }

    /// <summary>For how many rounds that is asked, at least 0.</summary>
    public int RevThreshold { get; init; } = 1;
}
