namespace Nakama.Server.Presence;

/// <summary>
/// Notified of the visible joins and leaves in the streams of one mode, in order per stream and before the event is sent to
/// clients. Runs on the tracker's worker: it must not block.
/// </summary>
public interface IPresenceListener
{
    /// <summary>The stream mode it listens to.</summary>
    byte Mode { get; }

    /// <summary>True when this listener sends the event to clients itself, so that the tracker must not.</summary>
    bool ReplacesEvent { get; }

    void OnPresenceEvent(StreamId stream, IReadOnlyList<TrackedPresence> joins, IReadOnlyList<TrackedPresence> leaves, PresenceReason reason);
}
