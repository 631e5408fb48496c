using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

/// <summary>Who is in which stream on this node. Changes are atomic per call; events follow in order per stream.</summary>
public sealed class PresenceTracker
{
    /// <summary>All presences of this node, hidden ones included.</summary>
    public int Count => throw new NotSupportedException();

    /// <summary>Adds a presence. False when the session is closing; an existing presence keeps its meta.</summary>
    public bool Track(Session session, in StreamId stream, in PresenceMeta meta, out bool isNew) => throw new NotSupportedException();

    /// <summary>Adds several presences in one batch. False when the session is closing.</summary>
    public bool TrackMany(Session session, ReadOnlySpan<(StreamId Stream, PresenceMeta Meta)> presences) => throw new NotSupportedException();

    /// <summary>Adds the presence or replaces its meta. False when the session is closing.</summary>
    public bool Update(Session session, in StreamId stream, in PresenceMeta meta) => throw new NotSupportedException();

    public void Untrack(Session session, in StreamId stream, PresenceReason reason = PresenceReason.Leave) => throw new NotSupportedException();

    /// <summary>Removes every presence of a session in one batch.</summary>
    public void UntrackAll(Session session, PresenceReason reason) => throw new NotSupportedException();

    /// <summary>Removes everyone from a stream without any event.</summary>
    public void UntrackStream(in StreamId stream) => throw new NotSupportedException();

    public TrackedPresence? Find(Session session, in StreamId stream) => throw new NotSupportedException();

    /// <summary>A snapshot of a stream's presences, hidden ones included.</summary>
    public IReadOnlyList<TrackedPresence> List(in StreamId stream) => throw new NotSupportedException();

    /// <summary>How many presences a stream has, hidden ones included.</summary>
    public int CountIn(in StreamId stream) => throw new NotSupportedException();

    /// <summary>Whether a user has a visible status presence, which is what "online" means.</summary>
    public bool IsOnline(Guid userId) => throw new NotSupportedException();
}
