using Google.Protobuf;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Sessions;

/// <summary>Sends messages to sessions of other nodes, and delivers those that arrive for sessions of this one.</summary>
internal sealed class SessionDeliveries(SessionRegistry sessions, NodeDirectory nodes, MessageBus bus) : IBusFeature
{
    /// <summary>The address of a session on any node; null when its node is unknown.</summary>
    public SessionAddress? Resolve(SessionKey key)
    {
        if (!nodes.TryFind(key.Node, out var node)) return null;
        var id = new PresenceId(node, IdBytes.Read(key.SessionId), IdBytes.Read(key.UserId));
        if (!node.IsLocal) return new RemoteSession(this, id, key.Username);
        return sessions.Find(id.SessionId) is { } session && session.UserId == id.UserId ? session : null;
    }

    /// <summary>Sends a message for some of its sessions to another node; false when the node cannot be reached.</summary>
    public bool Send(NodeId node, ReadOnlySpan<Guid> sessionIds, EncodedMessage payload) => bus.Tell(
        node,
        SessionMessages.Deliver,
        new SessionDelivery { SessionIds = IdBytes.Of(sessionIds), Envelope = UnsafeByteOperations.UnsafeWrap(payload.Protobuf) });

    /// <summary>Sends a message to every session of all other nodes.</summary>
    public void SendToOthers(EncodedMessage payload)
    {
        if (bus.IsAlone) return;
        bus.Broadcast(SessionMessages.DeliverToAll, new NodeDelivery { Envelope = UnsafeByteOperations.UnsafeWrap(payload.Protobuf) });
    }

    void IBusFeature.Map(BusMap map)
    {
        map.On(SessionMessages.Deliver, (_, delivery) => Deliver(delivery));
        map.On(SessionMessages.DeliverToAll, (_, delivery) => DeliverToAll(delivery));
        map.On(SessionMessages.Disconnect, (_, wish) => sessions.Disconnect(IdBytes.Read(wish.SessionId), (byte)wish.LeaveReason));
        map.On(SessionMessages.DisconnectUser, (_, wish) => DisconnectUser(wish));
    }

    private void Deliver(SessionDelivery delivery)
    {
        var payload = new EncodedMessage(delivery.Envelope.ToByteArray());
        foreach (var id in IdBytes.ReadMany(delivery.SessionIds)) sessions.Find(id)?.TrySend(payload);
    }

    private void DeliverToAll(NodeDelivery delivery)
    {
        var payload = new EncodedMessage(delivery.Envelope.ToByteArray());
        foreach (var session in sessions.All) session.TrySend(payload);
    }

    private void DisconnectUser(DisconnectUser wish)
    {
        var lastWords = new Nakama.Protocol.Realtime.Envelope[wish.Notifications.Count];
        for (var i = 0; i < lastWords.Length; i++) lastWords[i] = Nakama.Protocol.Realtime.Envelope.Parser.ParseFrom(wish.Notifications[i]);
        sessions.DisconnectUser(IdBytes.Read(wish.UserId), IdBytes.Read(wish.ExceptSessionId), lastWords);
    }
}
