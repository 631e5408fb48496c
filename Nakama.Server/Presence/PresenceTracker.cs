using System.Collections.Concurrent;
using Nakama.Server.Cluster;
using Nakama.Server.Metrics;
using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

/// <summary>
/// The presences of all streams, on this node and on others. Only a session's own node changes its presences; the others
/// replicate them (<see cref="PresenceReplicator"/>). Changes are atomic per call; events follow in order per stream. Each change
/// holds the gate of its session and then, briefly, that of one stream; there is no lock for the whole tracker.
/// </summary>
public sealed class PresenceTracker
{
    /// <summary>
    /// The maximum number of streams per session: each takes memory, and joining one costs a client only one message.
    /// </summary>
    public const int MaxPerSession = 4096;

    // Streams are grouped by mode, so that those of one kind can be listed; the modes of game logic share the last group.
    private readonly ConcurrentDictionary<StreamId, StreamEntry>[] _byMode = MakeStreams();
    private readonly PresenceEvents _events;
    private readonly PresenceReplicator _replicator;
    private int _count;

    internal PresenceTracker(PresenceEvents events, PresenceReplicator replicator, ServerMetrics metrics)
    {
        _events = events;
        _replicator = replicator;
        metrics.Gauge("presences", () => Count);
        events.Attach(this);
        replicator.Attach(this);
    }

    /// <summary>All presences of this node's sessions, hidden ones included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>
    /// Whether the event queue is too long. Callers that change presences await <see cref="RelievedAsync"/> first.
    /// </summary>
    public bool IsCongested => _events.IsCongested;

    /// <summary>Completes when the event queue is short enough again.</summary>
    public ValueTask RelievedAsync(CancellationToken cancellationToken) => _events.RelievedAsync(cancellationToken);

    /// <summary>
    /// Completes when the other nodes have applied the changes of this node so far, and this node theirs; synchronously on a node
    /// that is alone. A node that does not answer is not waited for.
    /// </summary>
    public ValueTask SyncAsync(CancellationToken cancellationToken) => _replicator.SyncAsync(cancellationToken);

    /// <summary>Adds a presence. False when the session is closing or in too many streams; an existing presence keeps its meta.</summary>
    public bool Track(Session session, in StreamId stream, in PresenceMeta meta, out bool isNew)
    {
        lock (session.PresenceGate)
        {
            isNew = false;
            if (session.IsClosing || session.Presences is List<StreamEntry> { Count: >= MaxPerSession }) return false;
            var presence = new TrackedPresence(session, stream, meta);
            isNew = Add(presence, replace: false) is null;
            if (isNew && _replicator.IsOn) _replicator.Set(presence, PresenceReason.Join);
            if (isNew && !meta.Hidden) _events.Enqueue(new PresenceChange(presence, null, PresenceReason.Join));
            return true;
        }
    }

    /// <summary>Adds several presences in one batch. False when the session is closing.</summary>
    public bool TrackMany(Session session, ReadOnlySpan<(StreamId Stream, PresenceMeta Meta)> presences)
    {
        lock (session.PresenceGate)
        {
            if (session.IsClosing) return false;
            var joins = new TrackedPresence[presences.Length];
            var count = 0;
            foreach (var (stream, meta) in presences)
            {
                var presence = new TrackedPresence(session, stream, meta);
                if (Add(presence, replace: false) is not null) continue;
                if (_replicator.IsOn) _replicator.Set(presence, PresenceReason.Join);
                if (!meta.Hidden) joins[count++] = presence;
            }
            if (count == 1) _events.Enqueue(new PresenceChange(joins[0], null, PresenceReason.Join));
            else if (count > 1) _events.Enqueue(PresenceChange.Many(joins[..count], [], PresenceReason.Join));
            return true;
        }
    }

    /// <summary>Adds the presence or replaces its meta. False when the session is closing.</summary>
    public bool Update(Session session, in StreamId stream, in PresenceMeta meta)
    {
        lock (session.PresenceGate)
        {
            if (session.IsClosing) return false;
            var presence = new TrackedPresence(session, stream, meta) { Reason = PresenceReason.Update };
            var before = Add(presence, replace: true);
            if (_replicator.IsOn) _replicator.Set(presence, PresenceReason.Update);
            var join = meta.Hidden ? null : presence;
            var leave = before is { Meta.Hidden: false } ? before : null;
            if (join is not null || leave is not null) _events.Enqueue(new PresenceChange(join, leave, PresenceReason.Update));
            return true;
        }
    }

    /// <summary>Removes a presence; false when there was none.</summary>
    public bool Untrack(Session session, in StreamId stream, PresenceReason reason = PresenceReason.Leave)
    {
        lock (session.PresenceGate)
        {
            if (!StreamsOf(stream.Mode).TryGetValue(stream, out var entry)) return false;
            if (Remove(session, entry) is not { } presence) return false;
            ((List<StreamEntry>)session.Presences!).Remove(entry);
            if (_replicator.IsOn) _replicator.Remove(presence, reason);
            if (!presence.Meta.Hidden) _events.Enqueue(new PresenceChange(null, presence, reason));
            return true;
        }
    }

    /// <summary>Removes every presence of a session in one batch.</summary>
    public void UntrackAll(Session session, PresenceReason reason)
    {
        lock (session.PresenceGate)
        {
            if (session.Presences is not List<StreamEntry> entries) return;
            session.Presences = null;
            RemoveMany(session, entries, reason);
        }
    }

    /// <summary>Removes a session from all streams of two modes except one stream, as a leave, in one batch.</summary>
    public void UntrackByModes(Session session, byte mode, byte otherMode, in StreamId except)
    {
        lock (session.PresenceGate)
        {
            if (session.Presences is not List<StreamEntry> entries) return;
            var leaving = new List<StreamEntry>();
            foreach (var entry in entries)
            {
                if ((entry.Stream.Mode == mode || entry.Stream.Mode == otherMode) && entry.Stream != except) leaving.Add(entry);
            }
            entries.RemoveAll(leaving.Contains);
            RemoveMany(session, leaving, PresenceReason.Leave);
        }
    }

    /// <summary>Removes all presences from a stream without any event, on all nodes.</summary>
    public void UntrackStream(in StreamId stream)
    {
        _replicator.CloseStream(stream);
        ClearStream(stream);
    }

    public TrackedPresence? Find(SessionAddress session, in StreamId stream) =>
        StreamsOf(stream.Mode).TryGetValue(stream, out var entry) ? entry.Find(session) : null;

    /// <summary>The presence of a session that may be on another node.</summary>
    public TrackedPresence? Find(Guid sessionId, in StreamId stream)
    {
        foreach (var presence in Snapshot(stream))
        {
            if (presence.SessionId == sessionId) return presence;
        }

        return null;
    }

    /// <summary>A snapshot of a stream's presences, hidden ones included.</summary>
    public IReadOnlyList<TrackedPresence> List(in StreamId stream) =>
        StreamsOf(stream.Mode).TryGetValue(stream, out var entry) ? entry.Snapshot() : [];

    /// <summary>The same snapshot for callers that only enumerate it.</summary>
    public ReadOnlySpan<TrackedPresence> Snapshot(in StreamId stream) =>
        StreamsOf(stream.Mode).TryGetValue(stream, out var entry) ? entry.Snapshot() : default;

    /// <summary>The same snapshot, and the other nodes that have members.</summary>
    internal ReadOnlySpan<TrackedPresence> Snapshot(in StreamId stream, out ReadOnlySpan<NodeId> remoteNodes)
    {
        if (!StreamsOf(stream.Mode).TryGetValue(stream, out var entry))
        {
            remoteNodes = default;
            return default;
        }

        remoteNodes = entry.RemoteNodes;
        return entry.Snapshot();
    }

    /// <summary>The streams a session is in, at one moment.</summary>
    public IReadOnlyList<TrackedPresence> ListOf(Session session)
    {
        lock (session.PresenceGate)
        {
            if (session.Presences is not List<StreamEntry> entries) return [];
            var presences = new List<TrackedPresence>(entries.Count);
            foreach (var entry in entries)
            {
                if (entry.Find(session) is { } presence) presences.Add(presence);
            }
            return presences;
        }
    }

    /// <summary>How many presences a stream has, hidden ones included.</summary>
    public int CountIn(in StreamId stream) => StreamsOf(stream.Mode).TryGetValue(stream, out var entry) ? entry.Count : 0;

    /// <summary>Whether a stream has any presences, hidden ones included.</summary>
    public bool Exists(in StreamId stream) => StreamsOf(stream.Mode).ContainsKey(stream);

    /// <summary>Whether a user has a visible status presence, which is the definition of "online".</summary>
    public bool IsOnline(Guid userId) =>
        StreamsOf(StreamMode.Status).TryGetValue(new StreamId(StreamMode.Status, userId), out var entry) && entry.VisibleCount > 0;

    /// <summary>
    /// The streams of one mode that have presences, with their number, hidden ones included. Streams that appear or disappear
    /// during the enumeration may or may not be included.
    /// </summary>
    public IEnumerable<(StreamId Stream, int Count)> ListStreams(byte mode)
    {
        foreach (var (stream, entry) in StreamsOf(mode))
        {
            if (stream.Mode == mode && entry.Count is > 0 and var count) yield return (stream, count);
        }
    }

    /// <summary>The same for the streams of all modes.</summary>
    public IEnumerable<(StreamId Stream, int Count)> ListStreams()
    {
        foreach (var streams in _byMode)
        {
            foreach (var (stream, entry) in streams)
            {
                if (entry.Count is > 0 and var count) yield return (stream, count);
            }
        }
    }

    /// <summary>Applies an update of a presence from the node of its session.</summary>
    internal void SetRemote(RemoteSession session, in StreamId stream, in PresenceMeta meta, PresenceReason reason)
    {
        lock (session.PresenceGate)
        {
            var presence = new TrackedPresence(session, stream, meta) { Reason = reason };
            var before = Add(presence, replace: true);
            // The same presence again, after a snapshot.
            if (before is not null && before.Meta == meta && reason != PresenceReason.Update) return;
            var join = meta.Hidden ? null : presence;
            var leave = before is { Meta.Hidden: false } ? before : null;
            if (join is not null || leave is not null)
                _events.Enqueue(new PresenceChange(join, leave, before is null ? PresenceReason.Join : PresenceReason.Update));
        }
    }

    /// <summary>Applies that a session of another node has left a stream.</summary>
    internal void RemoveRemote(RemoteSession session, in StreamId stream, PresenceReason reason, bool isSilent)
    {
        lock (session.PresenceGate)
        {
            if (!StreamsOf(stream.Mode).TryGetValue(stream, out var entry) || Remove(session, entry) is not { } presence) return;
            (session.Presences as List<StreamEntry>)?.Remove(entry);
            if (!isSilent && !presence.Meta.Hidden) _events.Enqueue(new PresenceChange(null, presence, reason));
        }
    }

    /// <summary>Removes every presence of a session of another node.</summary>
    internal void RemoveRemote(RemoteSession session, PresenceReason reason)
    {
        lock (session.PresenceGate)
        {
            if (session.Presences is not List<StreamEntry> entries) return;
            session.Presences = null;
            RemoveMany(session, entries, reason);
        }
    }

    /// <summary>The streams that a session is in.</summary>
    internal static StreamId[] StreamsOf(SessionAddress session)
    {
        lock (session.PresenceGate)
            return session.Presences is List<StreamEntry> entries ? [.. entries.Select(static entry => entry.Stream)] : [];
    }

    /// <summary>Removes all presences from a stream without any event, on this node only.</summary>
    internal void ClearStream(in StreamId stream)
    {
        if (!StreamsOf(stream.Mode).TryRemove(stream, out var entry)) return;
        foreach (var presence in entry.RemoveAll())
        {
            if (presence.IsLocal)
            {
                Interlocked.Decrement(ref _count);
                if (_replicator.IsOn) _replicator.RemoveSilently(presence);
            }

            // Session locks come before stream locks, so they are taken after the stream's lock is released.
            lock (presence.Address.PresenceGate) (presence.Address.Presences as List<StreamEntry>)?.Remove(entry);
        }
    }

    /// <summary>
    /// All presences of this node's sessions; those that are added or removed meanwhile may or may not be included.
    /// </summary>
    internal IEnumerable<TrackedPresence> ListLocal()
    {
        foreach (var streams in _byMode)
        {
            foreach (var (_, entry) in streams)
            {
                foreach (var presence in entry.Snapshot())
                {
                    if (presence.IsLocal) yield return presence;
                }
            }
        }
    }

    /// <summary>The number of joins and leaves whose listeners and sessions have not been notified yet.</summary>
    internal int PendingEventCount => _events.Depth;

    private static ConcurrentDictionary<StreamId, StreamEntry>[] MakeStreams()
    {
        var streams = new ConcurrentDictionary<StreamId, StreamEntry>[StreamMode.Party + 2];
        for (var i = 0; i < streams.Length; i++) streams[i] = new();
        return streams;
    }

    private ConcurrentDictionary<StreamId, StreamEntry> StreamsOf(byte mode) => _byMode[Math.Min(mode, _byMode.Length - 1)];

    /// <summary>Returns the previous presence.</summary>
    private TrackedPresence? Add(TrackedPresence presence, bool replace)
    {
        var streams = StreamsOf(presence.Stream.Mode);
        while (true)
        {
            var entry = streams.GetOrAdd(presence.Stream, static stream => new StreamEntry(stream));
            // An entry that has just become empty is about to be removed from the dictionary; the next iteration creates a new
            // one.
            if (!entry.TryAdd(presence, replace, out var existing))
            {
                streams.TryRemove(KeyValuePair.Create(presence.Stream, entry));
                continue;
            }
            if (existing is null)
            {
                if (presence.IsLocal) Interlocked.Increment(ref _count);
                ((List<StreamEntry>)(presence.Address.Presences ??= new List<StreamEntry>(2))).Add(entry);
            }
            return existing;
        }
    }

    private TrackedPresence? Remove(SessionAddress session, StreamEntry entry)
    {
        if (entry.Remove(session) is not { } presence) return null;
        if (session.IsLocal) Interlocked.Decrement(ref _count);
        if (entry.IsRemoved) StreamsOf(entry.Stream.Mode).TryRemove(KeyValuePair.Create(entry.Stream, entry));
        return presence;
    }

    private void RemoveMany(SessionAddress session, List<StreamEntry> entries, PresenceReason reason)
    {
        var leaves = new List<TrackedPresence>(entries.Count);
        foreach (var entry in entries)
        {
            if (Remove(session, entry) is not { } presence) continue;
            if (session.IsLocal && _replicator.IsOn) _replicator.Remove(presence, reason);
            if (!presence.Meta.Hidden) leaves.Add(presence);
        }
        if (leaves.Count == 1) _events.Enqueue(new PresenceChange(null, leaves[0], reason));
        else if (leaves.Count > 1) _events.Enqueue(PresenceChange.Many([], [.. leaves], reason));
    }
}
