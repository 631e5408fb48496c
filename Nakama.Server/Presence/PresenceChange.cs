namespace Nakama.Server.Presence;

/// <summary>The changes of one call: the visible joins and leaves that belong together.</summary>
/// <param name="Join">The join, where there is only one.</param>
/// <param name="Leave">The leave, where there is only one.</param>
/// <param name="Reason">The reason for the change.</param>
internal readonly record struct PresenceChange(TrackedPresence? Join, TrackedPresence? Leave, PresenceReason Reason)
{
    /// <summary>Several joins, all in different streams; null when there is at most one.</summary>
    public TrackedPresence[]? Joins { get; private init; }

    /// <summary>Several leaves, all in different streams; null when there is at most one.</summary>
    public TrackedPresence[]? Leaves { get; private init; }

    public static PresenceChange Many(TrackedPresence[] joins, TrackedPresence[] leaves, PresenceReason reason) =>
        new(null, null, reason) { Joins = joins, Leaves = leaves };
}
