using System.Diagnostics.CodeAnalysis;
using Nakama.Server.Cluster;

namespace Nakama.Server.Sessions;

/// <summary>A session of another node. Messages to it are sent to its node, which drops them when the session is gone.</summary>
internal sealed class RemoteSession : SessionAddress
{
    private readonly SessionDeliveries _deliveries;

    [SetsRequiredMembers]
    public RemoteSession(SessionDeliveries deliveries, in PresenceId id, string username)
    {
        _deliveries = deliveries;
        (Node, Id, UserId, Username) = (id.Node, id.SessionId, id.UserId, username);
    }

    public override bool TrySend(EncodedMessage payload) => _deliveries.Send(Node, [Id], payload);
}
