using System.Collections.Immutable;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Cluster;

/// <summary>
/// The nodes that are about to leave, maybe this one: they own no work any more, see <see cref="WorkOwner"/>, so that it is handed
/// over before their sessions end.
/// </summary>
public sealed class NodeDrain(MessageBus bus) : IBusFeature
{
    private static readonly BusMessage<Nothing> Draining = new(100);
    private static readonly BusQuestion<Nothing, Nothing> Flush = new(101);

    private ImmutableHashSet<NodeId> _nodes = [];

    /// <summary>Raised when the work of a node moves because it drains.</summary>
    public event Action? Changed;

    public bool IsDraining(NodeId node) => _nodes.Contains(node);

    /// <summary>This node gives up what it owns, and tells the others.</summary>
    public void Begin()
    {
        if (!ImmutableInterlocked.Update(ref _nodes, static nodes => nodes.Add(NodeId.Local))) return;
        bus.Broadcast(Draining, new Nothing());
        Changed?.Invoke();
    }

    /// <summary>Completes when the other nodes have handled everything that this one has sent before, or the time is up.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var asked = new List<Task>();
        foreach (var node in bus.Others) asked.Add(AskAsync(node));
        await Task.WhenAll(asked);

        async Task AskAsync(NodeId node)
        {
            try
            {
                await bus.AskAsync(node, Flush, new Nothing(), cancellationToken);
            }
            catch (Exception e) when (e is BusException or OperationCanceledException)
            {
                // What such a node misses it learns when this one has left.
            }
        }
    }

    void IBusFeature.Map(BusMap map)
    {
        map.On(Draining, (node, _) =>
        {
            if (ImmutableInterlocked.Update(ref _nodes, static (nodes, added) => nodes.Add(added), node)) Changed?.Invoke();
        });
        map.Answer(Flush, static (_, _, _) => new ValueTask<Nothing>(new Nothing()));
        map.OnJoined(TellIfDraining);
        map.OnReset(TellIfDraining);
        map.OnLeft(node => ImmutableInterlocked.Update(ref _nodes, static (nodes, removed) => nodes.Remove(removed), node));
    }

    private void TellIfDraining(NodeId node)
    {
        if (IsDraining(NodeId.Local)) bus.Tell(node, Draining, new Nothing());
    }
}
