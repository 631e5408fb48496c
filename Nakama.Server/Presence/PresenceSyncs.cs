using Nakama.Server.Cluster;

namespace Nakama.Server.Presence;

/// <summary>
/// Waits until other nodes have applied the changes of this one and sent their own. Calls made before a request is sent share
/// that request.
/// </summary>
internal sealed class PresenceSyncs(TimeProvider time)
{
    /// <summary>The time after which a node is no longer waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Round> _asked = [];
    private Round? _next;
    private ulong _lastId;

    /// <summary>Begins to wait; true when the request is new and has to be sent.</summary>
    public Task Join(out bool isNew, CancellationToken cancellationToken)
    {
        Round round;
        lock (_gate)
        {
            isNew = _next is null;
            round = _next ??= new Round(++_lastId);
        }

        return WaitAsync(round, cancellationToken);
    }

    /// <summary>Marks the request as sent to these nodes.</summary>
    public ulong Ask(ReadOnlySpan<NodeId> nodes)
    {
        lock (_gate)
        {
            var round = _next!;
            _next = null;
            round.Missing = [.. nodes];
            _asked[round.Id] = round;
            CompleteIfDone(round);
            return round.Id;
        }
    }

    public void Answered(ulong id, NodeId node)
    {
        lock (_gate)
        {
            if (!_asked.TryGetValue(id, out var round)) return;
            round.Missing.Remove(node);
            CompleteIfDone(round);
        }
    }

    /// <summary>The node will not answer any more.</summary>
    public void Left(NodeId node)
    {
        lock (_gate)
        {
            foreach (var round in _asked.Values.ToArray())
            {
                round.Missing.Remove(node);
                CompleteIfDone(round);
            }
        }
    }

    private async Task WaitAsync(Round round, CancellationToken cancellationToken)
    {
        try
        {
            await round.Done.Task.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The changes of the late node will arrive later.
            lock (_gate) _asked.Remove(round.Id);
        }
    }

    private void CompleteIfDone(Round round)
    {
        if (round.Missing.Count > 0) return;
        _asked.Remove(round.Id);
        round.Done.TrySetResult();
    }

    private sealed class Round(ulong id)
    {
        public ulong Id { get; } = id;

        public HashSet<NodeId> Missing { get; set; } = [];

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
