namespace Nakama.Server.Config;

/// <summary>Settings below <c>match</c>.</summary>
public sealed record MatchOptions
{
    /// <summary>≥1.</summary>
    public int InputQueueSize { get; init; } = 128;

    /// <summary>≥1.</summary>
    public int CallQueueSize { get; init; } = 128;

    /// <summary>≥1.</summary>
    public int SignalQueueSize { get; init; } = 10;

    /// <summary>≥1.</summary>
    public int JoinAttemptQueueSize { get; init; } = 128;

    /// <summary>≥1.</summary>
    public int DeferredQueueSize { get; init; } = 128;

    /// <summary>≥1.</summary>
    public int JoinMarkerDeadlineMs { get; init; } = 15000;

    /// <summary>≥0; 0 = unlimited.</summary>
    public int MaxEmptySec { get; init; }

    /// <summary>≥1.</summary>
    public int LabelUpdateIntervalMs { get; init; } = 1000;
}
