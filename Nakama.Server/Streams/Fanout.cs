using System.Runtime.InteropServices;
using Nakama.Server.Cluster;
using Nakama.Server.Sessions;

namespace Nakama.Server.Streams;

/// <summary>Delivers one message to receivers that are added one by one; those on other nodes are grouped by node.</summary>
internal struct Fanout(EncodedMessage payload)
{
    private Dictionary<NodeId, List<Guid>>? _byNode;

    public EncodedMessage Payload => payload;

    /// <summary>Sends immediately to a session of this node; one of another node gets the message on <c>Finish</c>.</summary>
    public void Add(SessionAddress receiver)
    {
        if (receiver.IsLocal) receiver.TrySend(payload);
        else Add(receiver.Node, receiver.Id);
    }

    public void Add(NodeId node, Guid sessionId)
    {
        _byNode ??= [];
        ref var ofNode = ref CollectionsMarshal.GetValueRefOrAddDefault(_byNode, node, out _);
        (ofNode ??= []).Add(sessionId);
    }

    /// <summary>Sends the message once to each other node that has receivers.</summary>
    public readonly void Finish(SessionDeliveries deliveries)
    {
        if (_byNode is null) return;
        foreach (var (node, ids) in _byNode) deliveries.Send(node, CollectionsMarshal.AsSpan(ids), payload);
    }
}
