using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Sessions;

/// <summary>The messages about sessions between nodes.</summary>
internal static class SessionMessages
{
    public static readonly BusMessage<SessionDelivery> Deliver = new(1);
    public static readonly BusMessage<NodeDelivery> DeliverToAll = new(2);
    public static readonly BusMessage<DisconnectSession> Disconnect = new(3);
    public static readonly BusMessage<DisconnectUser> DisconnectUser = new(4);

    public static SessionKey KeyOf(SessionAddress session, NodeDirectory nodes) => new()
    {
        SessionId = IdBytes.Of(session.Id),
        UserId = IdBytes.Of(session.UserId),
        Username = session.Username,
        Node = nodes.NameOf(session.Node),
    };
}
