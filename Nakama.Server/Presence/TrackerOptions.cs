namespace Nakama.Server.Presence;

/// <summary>Settings below <c>tracker</c>.</summary>
public sealed record TrackerOptions
{
    /// <summary>How many presence events may wait to be told, at least 1.</summary>
    public int EventQueueSize { get; init; } = 1024;
}
