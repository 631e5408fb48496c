using Nakama.Server.Cluster;

namespace Nakama.Server.Presence;

/// <summary>
/// Waits for other nodes to have caught up with this one and told it their changes. Those who come to wait before a question
/// leaves share it.
/// </summary>
internal sealed class PresenceSyncs(TimeProvider time)
{
    /// <summary>A node that takes longer is not waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Round> _asked = [];
    private Round? _next;
    private ulong _lastId;

    /// <summary>Begins to wait; true when the question is new and has to be sent.</summary>
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

    /// <summary>The question leaves now, for these nodes.</summary>
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
            // What the late node has changed comes later.
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
