namespace Nakama.Server.Presence;

/// <summary>The joins and leaves of one stream that are sent together.</summary>
internal sealed class StreamEvent(StreamId stream, PresenceReason reason)
{
    public StreamId Stream { get; } = stream;

    public PresenceReason Reason { get; } = reason;

    public List<TrackedPresence> Joins { get; } = [];

    public List<TrackedPresence> Leaves { get; } = [];

    /// <summary>
    /// Whether a later event of the same stream can be combined with this one without changing its meaning: only joins
    /// after joins, only leaves after leaves, for the same reason.
    /// </summary>
    public bool CanTake(TrackedPresence? join, TrackedPresence? leave, PresenceReason reason) =>
        reason == Reason && (leave is null ? Leaves.Count == 0 : join is null && Joins.Count == 0);
}
