using System.Runtime.InteropServices;
using Nakama.Server.Cluster;
using Nakama.Server.Sessions;

namespace Nakama.Server.Streams;

/// <summary>The receivers of one message on other nodes, by node; costs nothing when there are none.</summary>
internal struct RemoteReceivers
{
    private Dictionary<NodeId, List<Guid>>? _byNode;

    public void Add(NodeId node, Guid sessionId)
    {
        _byNode ??= [];
        ref var ofNode = ref CollectionsMarshal.GetValueRefOrAddDefault(_byNode, node, out _);
        (ofNode ??= []).Add(sessionId);
    }

    public readonly void Send(SessionDeliveries deliveries, SharedPayload payload)
    {
        if (_byNode is null) return;
        foreach (var (node, ids) in _byNode) deliveries.Send(node, CollectionsMarshal.AsSpan(ids), payload);
    }
}
