namespace Nakama.Server.Matches;

/// <summary>Settings below <c>match</c>.</summary>
public sealed record MatchOptions
{
    /// <summary>How many messages may wait for a match, at least 1; further ones are dropped.</summary>
    public int InputQueueSize { get; init; } = 128;

    /// <summary>How many calls may wait for a match, at least 1; one more stops it.</summary>
    public int CallQueueSize { get; init; } = 128;

    /// <summary>How many signals may wait for a match, at least 1.</summary>
    public int SignalQueueSize { get; init; } = 10;

    /// <summary>How many attempts to join may wait for a match, at least 1.</summary>
    public int JoinAttemptQueueSize { get; init; } = 128;

    /// <summary>How many broadcasts may wait for the end of a tick, at least 1.</summary>
    public int DeferredQueueSize { get; init; } = 128;

    /// <summary>How long a player who was let in may take to arrive, in milliseconds, at least 1.</summary>
    public int JoinMarkerDeadlineMs { get; init; } = 15000;

    /// <summary>How long a match may stand empty before it is stopped, in seconds; 0 is without end.</summary>
    public int MaxEmptySec { get; init; }

    /// <summary>How often changed labels reach the listing, in milliseconds, at least 1.</summary>
    public int LabelUpdateIntervalMs { get; init; } = 1000;

    /// <summary>
    /// Whether new matches of game logic are placed on the node of a cluster that has the least to do with matches, instead of the one that
    /// creates them.
    /// </summary>
    public bool PlaceByLoad { get; init; } = true;
}
