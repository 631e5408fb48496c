using System.Collections.Concurrent;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

/// <summary>
/// Replicates the presences of this node to the other nodes and stores theirs. Changes are numbered and sent immediately;
/// changes that are waiting are combined into one message; a node that has missed some, or is new, receives the whole map, in parts
/// that leave room for other messages. Every second a digest reveals nodes that have missed the last changes. A node that is alone
/// keeps no log of its changes.
/// </summary>
internal sealed class PresenceReplicator(
    MessageBus bus, SessionDeliveries deliveries, TimeProvider time, ILogger<PresenceTracker> logger) : IBusFeature, IThreadPoolWorkItem, IDisposable
{
    private const int EntriesAtOnce = 256;
    private const int PartsAtOnce = 16;

    /// <summary>How many messages may wait for a node while it is sent a map.</summary>
    private const int MostWaiting = 64;

    private static readonly TimeSpan SnapshotPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan DigestPeriod = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<Item> _log = new();
    private readonly ConcurrentDictionary<NodeId, RemoteNode> _nodes = new();
    private readonly PresenceSyncs _syncs = new(time);

    // The maps that are being sent; used by the one worker only.
    private readonly Dictionary<NodeId, OutgoingSnapshot> _snapshots = [];
    private readonly Lock _membership = new();
    private PresenceTracker? _tracker;
    private ITimer? _digests;
    private volatile bool _isOn;
    private int _isScheduled;
    private ulong _version;

    private enum Work : byte
    {
        Entry,
        Sync,
        Answer,
        Snapshot,
        SnapshotParts,
        Digest,
    }

    /// <summary>Whether there are other nodes.</summary>
    public bool IsOn => _isOn;

    public void Attach(PresenceTracker tracker) => _tracker = tracker;

    public void Set(TrackedPresence presence, PresenceReason reason) => Add(PresenceEntry.Types.Change.Set, presence, reason);

    public void Remove(TrackedPresence presence, PresenceReason reason) => Add(PresenceEntry.Types.Change.Remove, presence, reason);

    public void RemoveSilently(TrackedPresence presence) => Add(PresenceEntry.Types.Change.RemoveSilently, presence, PresenceReason.Unknown);

    /// <summary>Makes the other nodes remove all presences from a stream.</summary>
    public void CloseStream(in StreamId stream)
    {
        if (_isOn) bus.Broadcast(PresenceMessages.CloseStream, new CloseStream { Stream = stream.ToKey() });
    }

    public ValueTask SyncAsync(CancellationToken cancellationToken)
    {
        if (!_isOn) return default;
        var done = _syncs.Join(out var isNew, cancellationToken);
        if (isNew) Enqueue(new Item(Work.Sync, default, null));
        return new(done);
    }

    public void Dispose() => _digests?.Dispose();

    void IBusFeature.Map(BusMap map)
    {
        map.OnJoined(Join);
        map.OnLeft(Leave);
        map.OnReset(node =>
        {
            _nodes.GetValueOrDefault(node)?.Reset();
            Enqueue(new Item(Work.Snapshot, node, null) { IsAnew = true });
        });
        map.On(PresenceMessages.Changes, (from, changes) =>
        {
            if (_nodes.TryGetValue(from, out var node) && !node.Apply(changes))
                bus.Tell(from, PresenceMessages.SnapshotRequest, new PresenceSnapshotRequest());
        });
        map.On(PresenceMessages.Snapshot, (from, part) => _nodes.GetValueOrDefault(from)?.Apply(part));
        map.On(PresenceMessages.Digest, (from, digest) =>
        {
            if (_nodes.TryGetValue(from, out var node) && !node.IsAt(digest.Version))
                bus.Tell(from, PresenceMessages.SnapshotRequest, new PresenceSnapshotRequest());
        });
        map.On(PresenceMessages.SnapshotRequest, (from, _) => Enqueue(new Item(Work.Snapshot, from, null)));
        map.On(PresenceMessages.Sync, (from, sync) => Enqueue(new Item(Work.Answer, from, null) { SyncId = sync.Id }));
        map.On(PresenceMessages.Synced, (from, synced) => _syncs.Answered(synced.Id, from));
        map.On(PresenceMessages.CloseStream, (_, close) => _tracker!.ClearStream(StreamId.Of(close.Stream)));
    }

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            var changes = new PresenceChanges();
            for (var taken = 0; taken < EntriesAtOnce && _log.TryDequeue(out var item); taken++)
            {
                if (item.Entry is not null)
                {
                    changes.Entries.Add(item.Entry);
                    continue;
                }

                // This item must not overtake the changes before it.
                changes = Flush(changes);
                Run(item);
            }

            Flush(changes);
        }
        catch (Exception e)
        {
            PresenceLog.ReplicationFailed(logger, e);
        }

        if (_log.IsEmpty)
        {
            Interlocked.Exchange(ref _isScheduled, 0);
            if (_log.IsEmpty || Interlocked.Exchange(ref _isScheduled, 1) != 0) return;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Join(NodeId node)
    {
        _nodes[node] = new RemoteNode(node, _tracker!, deliveries);
        lock (_membership)
        {
            _isOn = true;
            _digests ??= time.CreateTimer(
                static replicator => ((PresenceReplicator)replicator!).Enqueue(new Item(Work.Digest, default, null)), this, DigestPeriod, DigestPeriod);
        }

        Enqueue(new Item(Work.Snapshot, node, null) { IsAnew = true });
    }

    private void Leave(NodeId node)
    {
        lock (_membership)
        {
            _isOn = !bus.IsAlone;
            if (!_isOn)
            {
                _digests?.Dispose();
                _digests = null;
            }
        }

        if (_nodes.TryRemove(node, out var remote)) remote.Remove();
        _syncs.Left(node);
    }

    private void Add(PresenceEntry.Types.Change change, TrackedPresence presence, PresenceReason reason) =>
        Enqueue(new Item(Work.Entry, default, EntryOf(change, presence, reason)));

    private void Enqueue(Item item)
    {
        _log.Enqueue(item);
        if (Interlocked.Exchange(ref _isScheduled, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private PresenceChanges Flush(PresenceChanges changes)
    {
        if (changes.Entries.Count == 0) return changes;
        changes.First = _version + 1;
        _version += (ulong)changes.Entries.Count;
        bus.Broadcast(PresenceMessages.Changes, changes);
        return new PresenceChanges();
    }

    private void Run(Item item)
    {
        switch (item.Work)
        {
            case Work.Sync:
                var id = _syncs.Ask(bus.Others);
                foreach (var node in bus.Others)
                {
                    if (!bus.Tell(node, PresenceMessages.Sync, new PresenceSync { Id = id })) _syncs.Answered(id, node);
                }

                break;
            case Work.Answer:
                bus.Tell(item.Node, PresenceMessages.Synced, new PresenceSynced { Id = item.SyncId });
                break;
            case Work.Snapshot:
                // A node that is being sent the map asks for nothing that does not follow.
                if (item.IsAnew || !_snapshots.ContainsKey(item.Node)) _snapshots[item.Node] = new OutgoingSnapshot(_version, _tracker!.ListLocal());
                SendParts(item.Node);
                break;
            case Work.SnapshotParts:
                SendParts(item.Node);
                break;
            case Work.Digest:
                bus.Broadcast(PresenceMessages.Digest, new PresenceDigest { Version = _version });
                break;
        }
    }

    /// <summary>
    /// Sends the next parts of the map. Changes still in the log may be part of them already and are sent again after them, which has no
    /// effect.
    /// </summary>
    private void SendParts(NodeId node)
    {
        if (!_snapshots.TryGetValue(node, out var snapshot) || !_nodes.ContainsKey(node))
        {
            _snapshots.Remove(node);
            return;
        }

        for (var i = 0; i < PartsAtOnce; i++)
        {
            if (bus.QueueLength(node) > MostWaiting || !bus.Tell(node, PresenceMessages.Snapshot, snapshot.Next()))
            {
                _ = ContinueLaterAsync(node);
                return;
            }

            if (!snapshot.Advance()) continue;
            _snapshots.Remove(node);
            return;
        }

        // Changes that wait come first.
        Enqueue(new Item(Work.SnapshotParts, node, null));
    }

    private async Task ContinueLaterAsync(NodeId node)
    {
        await Task.Delay(SnapshotPause, time);
        Enqueue(new Item(Work.SnapshotParts, node, null));
    }

    private static PresenceEntry EntryOf(PresenceEntry.Types.Change change, TrackedPresence presence, PresenceReason reason)
    {
        var entry = new PresenceEntry
        {
            Change = change,
            Stream = presence.Stream.ToKey(),
            SessionId = IdBytes.Of(presence.SessionId),
            Reason = (uint)reason,
        };
        if (change != PresenceEntry.Types.Change.Set) return entry;
        entry.UserId = IdBytes.Of(presence.UserId);
        entry.Username = presence.Username;
        entry.Hidden = presence.Meta.Hidden;
        entry.Persistence = presence.Meta.Persistence;
        entry.Status = presence.Meta.Status ?? "";
        return entry;
    }

    private readonly record struct Item(Work Work, NodeId Node, PresenceEntry? Entry)
    {
        public ulong SyncId { get; init; }

        /// <summary>Whether a map that is being sent is sent from the beginning.</summary>
        public bool IsAnew { get; init; }
    }

    /// <summary>A map on its way to one node.</summary>
    private sealed class OutgoingSnapshot(ulong version, IEnumerable<TrackedPresence> presences)
    {
        private readonly IEnumerator<TrackedPresence> _presences = presences.GetEnumerator();
        private PresenceSnapshot? _next;
        private bool _isBegun;

        /// <summary>The next part, the same one until <see cref="Advance"/>.</summary>
        public PresenceSnapshot Next()
        {
            if (_next is not null) return _next;
            var part = new PresenceSnapshot { Version = version, IsFirst = !_isBegun };
            _isBegun = true;
            while (part.Entries.Count < EntriesAtOnce && !part.IsLast)
            {
                if (_presences.MoveNext()) part.Entries.Add(EntryOf(PresenceEntry.Types.Change.Set, _presences.Current, PresenceReason.Join));
                else part.IsLast = true;
            }

            return _next = part;
        }

        /// <summary>The part was sent; true when it was the last one.</summary>
        public bool Advance()
        {
            var isLast = _next!.IsLast;
            _next = null;
            return isLast;
        }
    }
}
