using System.Collections.Concurrent;
using Nakama.Server.Cluster;
using Nakama.Server.Metrics;
using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

/// <summary>
/// Announces joins and leaves: one worker takes the changes in order, calls the listeners, and sends the event to
/// every session of this node that is in the stream at that moment. Other nodes notify their own sessions, except for streams
/// that belong to one node, which notifies all. The queue never drops a change; above <c>tracker.event_queue_size</c>
/// the sessions' readers pause until the worker has caught up, and the worker combines the waiting joins of a stream into one
/// event.
/// </summary>
internal sealed class PresenceEvents(
    TrackerOptions options, Lazy<IEnumerable<IPresenceListener>> listeners, NodeDirectory nodes, MessageBus bus, ServerMetrics metrics,
    TimeProvider time, ILogger<PresenceTracker> logger)
    : IThreadPoolWorkItem
{
    // The number of changes taken per batch; joins of one stream within a batch become one event.
    private const int TurnLength = 256;

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private readonly List<StreamEvent> _turn = [];
    private readonly Dictionary<StreamId, StreamEvent> _open = [];
    private readonly Lazy<IPresenceListener?[]> _listeners = new(() => ByMode(listeners.Value));
    private PresenceTracker? _tracker;
    private TaskCompletionSource? _relief;
    private int _depth;
    private int _isScheduled;

    public bool IsCongested => Volatile.Read(ref _depth) > options.EventQueueSize;

    public int Depth => Volatile.Read(ref _depth);

    public void Attach(PresenceTracker tracker) => _tracker = tracker;

    public void Enqueue(in PresenceChange change)
    {
        Interlocked.Increment(ref _depth);
        _waiting.Enqueue(new Waiting(change, time.GetTimestamp()));
        if (Interlocked.Exchange(ref _isScheduled, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public async ValueTask RelievedAsync(CancellationToken cancellationToken)
    {
        while (IsCongested)
        {
            var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var relief = Interlocked.CompareExchange(ref _relief, made, null) ?? made;
            // The worker may have finished just before the source became visible to it.
            if (!IsCongested) return;
            await relief.Task.WaitAsync(cancellationToken);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        var startedAt = time.GetTimestamp();
        var oldest = startedAt;
        var taken = 0;
        while (taken < TurnLength && _waiting.TryDequeue(out var waiting))
        {
            if (taken == 0) oldest = waiting.Since;
            Add(waiting.Change);
            taken++;
        }

        foreach (var happened in _turn) Tell(happened);
        if (taken > 0) metrics.PresenceEventsDone(taken, time.GetElapsedTime(oldest, startedAt), time.GetElapsedTime(startedAt));
        _turn.Clear();
        _open.Clear();

        Interlocked.Add(ref _depth, -taken);
        if (!IsCongested && Volatile.Read(ref _relief) is not null) Interlocked.Exchange(ref _relief, null)?.TrySetResult();

        if (_waiting.IsEmpty)
        {
            Interlocked.Exchange(ref _isScheduled, 0);
            if (_waiting.IsEmpty || Interlocked.Exchange(ref _isScheduled, 1) != 0) return;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private static IPresenceListener?[] ByMode(IEnumerable<IPresenceListener> listeners)
    {
        var byMode = new IPresenceListener?[byte.MaxValue + 1];
        foreach (var listener in listeners)
        {
            if (byMode[listener.Mode] is not null) throw new InvalidOperationException($"Stream mode {listener.Mode} has two listeners.");
            byMode[listener.Mode] = listener;
        }
        return byMode;
    }

    private void Add(in PresenceChange change)
    {
        if (change.Joins is null)
        {
            Add(change.Join, change.Leave, change.Reason);
            return;
        }

        // Within one batch the order is matches, then parties, then streams with joins before those with leaves only.
        foreach (var join in change.Joins) Add(join, null, change.Reason);
        Array.Sort(change.Leaves!, static (a, b) => Rank(a.Stream.Mode).CompareTo(Rank(b.Stream.Mode)));
        foreach (var leave in change.Leaves!) Add(null, leave, change.Reason);

        static int Rank(byte mode) => mode switch
        {
            StreamMode.AuthoritativeMatch => 0,
            StreamMode.Party => 1,
            _ => 2,
        };
    }

    private void Add(TrackedPresence? join, TrackedPresence? leave, PresenceReason reason)
    {
        var stream = (join ?? leave)!.Stream;
        if (!_open.TryGetValue(stream, out var open) || !open.CanTake(join, leave, reason))
        {
            open = new StreamEvent(stream, reason);
            _open[stream] = open;
            _turn.Add(open);
        }
        if (join is not null) open.Joins.Add(join);
        if (leave is not null) open.Leaves.Add(leave);
    }

    private void Tell(StreamEvent happened)
    {
        try
        {
            if (_listeners.Value[happened.Stream.Mode] is { } listener)
            {
                listener.OnPresenceEvent(happened.Stream, happened.Joins, happened.Leaves, happened.Reason);
                if (listener.ReplacesEvent) return;
            }

            var isOwned = IsOwned(happened.Stream, out var isOwner);
            if (isOwned && !isOwner) return;
            var receivers = _tracker!.Snapshot(happened.Stream, out var remoteNodes);
            if (receivers.IsEmpty) return;
            var payload = new EncodedMessage(PresenceEnvelope.Of(happened));
            foreach (var receiver in receivers)
            {
                if (receiver.IsLocal) receiver.Address.TrySend(payload);
            }

            if (isOwned && !remoteNodes.IsEmpty) StreamMessages.Send(bus, remoteNodes, happened.Stream, Guid.Empty, payload);
        }
        catch (Exception e)
        {
            PresenceLog.EventFailed(logger, e, happened.Stream.Mode);
        }
    }

    /// <summary>
    /// Whether one node sends all events of a stream: that of a party or an authoritative match, which sends other messages
    /// in between. When that node is gone, each node notifies its own sessions.
    /// </summary>
    private bool IsOwned(in StreamId stream, out bool isOwner)
    {
        isOwner = false;
        if (bus.IsAlone || stream.Mode is not (StreamMode.Party or StreamMode.AuthoritativeMatch)) return false;
        if (!nodes.TryFind(stream.Label, out var owner) || !bus.IsMember(owner)) return false;
        isOwner = owner.IsLocal;
        return true;
    }

    private readonly record struct Waiting(PresenceChange Change, long Since);
}
