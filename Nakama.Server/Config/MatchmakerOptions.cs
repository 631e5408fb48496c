namespace Nakama.Server.Config;

/// <summary>Settings below <c>matchmaker</c>.</summary>
public sealed record MatchmakerOptions
{
    /// <summary>≥1 per session/party.</summary>
    public int MaxTickets { get; init; } = 3;

    /// <summary>≥1.</summary>
    public int IntervalSec { get; init; } = 15;

    /// <summary>≥1.</summary>
    public int MaxIntervals { get; init; } = 2;

    public bool RevPrecision { get; init; }

    /// <summary>≥0.</summary>
    public int RevThreshold { get; init; } = 1;
}
