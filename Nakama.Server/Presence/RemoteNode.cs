using System.Runtime.InteropServices;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

/// <summary>
/// The presences of one other node, as replicated by it. Changes are numbered; after a gap the whole map is requested
/// again. It comes in parts, and changes that come between them wait for the last one. When the node is gone, its map is dropped and the
/// leaves are announced.
/// </summary>
internal sealed class RemoteNode(NodeId node, PresenceTracker tracker, SessionDeliveries deliveries)
{
    /// <summary>How many messages with changes may wait for the rest of a map; without the others the map is requested again.</summary>
    private const int MaxWaiting = 65_536;

    private readonly Lock _gate = new();
    private readonly Queue<PresenceChanges> _waiting = [];
    private readonly Dictionary<Guid, RemoteSession> _sessions = [];
    private HashSet<(Guid SessionId, StreamId Stream)>? _snapshot;
    private ulong _version;
    private bool _isKnown;
    private bool _isGone;

    /// <summary>False when changes are missing and the whole map is needed.</summary>
    public bool Apply(PresenceChanges changes)
    {
        lock (_gate)
        {
            if (_isGone) return true;
            if (_snapshot is not null)
            {
                if (_waiting.Count < MaxWaiting) _waiting.Enqueue(changes);
                return true;
            }

            return ApplyNow(changes);
        }
    }

    /// <summary>The connection has begun anew: what has come of a map is incomplete, and it comes again.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _snapshot = null;
            _waiting.Clear();
            _isKnown = false;
        }
    }

    public void Apply(PresenceSnapshot part)
    {
        lock (_gate)
        {
            if (_isGone) return;
            if (part.IsFirst)
            {
                _snapshot = [];
                _waiting.Clear();
            }

            if (_snapshot is null) return;
            foreach (var entry in part.Entries)
            {
                _snapshot.Add((IdBytes.Read(entry.SessionId), StreamId.Of(entry.Stream)));
                Apply(entry);
            }

            if (!part.IsLast) return;
            RemoveAllBut(_snapshot);
            _snapshot = null;
            _version = part.Version;
            _isKnown = true;
            // After a gap the next digest leads to another map.
            while (_waiting.TryDequeue(out var changes)) ApplyNow(changes);
        }
    }

    /// <summary>Whether this is the latest state that the node has sent.</summary>
    public bool IsAt(ulong version)
    {
        lock (_gate) return _isGone || _snapshot is not null || (_isKnown && _version >= version);
    }

    public void Remove()
    {
        lock (_gate)
        {
            _isGone = true;
            foreach (var (_, session) in _sessions) tracker.RemoveRemote(session, PresenceReason.Disconnect);
            _sessions.Clear();
        }
    }

    private bool ApplyNow(PresenceChanges changes)
    {
        var last = changes.First + (ulong)changes.Entries.Count - 1;
        if (!_isKnown || changes.First > _version + 1) return false;
        if (last <= _version) return true;
        for (var i = (int)(_version + 1 - changes.First); i < changes.Entries.Count; i++) Apply(changes.Entries[i]);
        _version = last;
        return true;
    }

    private void Apply(PresenceEntry entry)
    {
        var (sessionId, stream) = (IdBytes.Read(entry.SessionId), StreamId.Of(entry.Stream));
        if (entry.Change == PresenceEntry.Types.Change.Set)
        {
            ref var session = ref CollectionsMarshal.GetValueRefOrAddDefault(_sessions, sessionId, out _);
            session ??= new RemoteSession(deliveries, new PresenceId(node, sessionId, IdBytes.Read(entry.UserId)), entry.Username);
            tracker.SetRemote(session, stream, new PresenceMeta(entry.Hidden, entry.Persistence, entry.Status), (PresenceReason)entry.Reason);
        }
        else if (_sessions.TryGetValue(sessionId, out var session))
        {
            tracker.RemoveRemote(session, stream, (PresenceReason)entry.Reason, entry.Change == PresenceEntry.Types.Change.RemoveSilently);
            if (session.Presences is not List<StreamEntry> { Count: > 0 }) _sessions.Remove(sessionId);
        }
    }

    private void RemoveAllBut(HashSet<(Guid SessionId, StreamId Stream)> told)
    {
        List<RemoteSession> sessions = [.. _sessions.Values];
        foreach (var session in sessions)
        {
            foreach (var stream in PresenceTracker.StreamsOf(session))
            {
                if (!told.Contains((session.Id, stream))) tracker.RemoveRemote(session, stream, PresenceReason.Disconnect, isSilent: false);
            }

            if (session.Presences is not List<StreamEntry> { Count: > 0 }) _sessions.Remove(session.Id);
        }
    }
}
