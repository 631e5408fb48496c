using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Sessions;

/// <summary>Closes sessions at the server's request, on any node.</summary>
public sealed class SessionDisconnects(SessionRegistry sessions, NodeDirectory nodes, MessageBus bus)
{
    /// <summary>Closes a session; one that does not exist is no error.</summary>
    public void Disconnect(Guid sessionId, byte leaveReason = SessionClose.Disconnect)
    {
        if (sessions.Disconnect(sessionId, leaveReason) || bus.IsAlone) return;
        if (nodes.TryFindBySession(sessionId, out var node) && !node.IsLocal)
            bus.Tell(node, SessionMessages.Disconnect, new DisconnectSession { SessionId = IdBytes.Of(sessionId), LeaveReason = leaveReason });
    }

    /// <summary>Closes all sessions of a user, optionally except one; the close notifications are written first.</summary>
    public void DisconnectUser(Guid userId, Session? except, params ReadOnlySpan<Envelope> lastWords)
    {
        if (!bus.IsAlone)
        {
            var wish = new DisconnectUser { UserId = IdBytes.Of(userId), ExceptSessionId = IdBytes.Of(except?.Id ?? Guid.Empty) };
            foreach (var envelope in lastWords) wish.Notifications.Add(envelope.ToByteString());
            bus.Broadcast(SessionMessages.DisconnectUser, wish);
        }

        sessions.DisconnectUser(userId, except?.Id ?? Guid.Empty, lastWords);
    }
}
