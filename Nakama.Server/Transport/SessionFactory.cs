using Nakama.Server.Api;
using Nakama.Server.Metrics;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;
using Nakama.Server.Transport.WebSocket;

namespace Nakama.Server.Transport;

/// <summary>The steps common to all transports that create a session for a connection whose token has been checked.</summary>
internal sealed class SessionFactory(SessionIds ids, SessionOpening opening, ServerMetrics metrics)
{
    /// <summary>Gives the session an id and sets the identity and address of its client.</summary>
    /// <param name="caller">The user of the token.</param>
    /// <param name="request">The parameters that the client sent.</param>
    /// <param name="client">The address of the client.</param>
    public SessionIdentity Identify(Caller caller, in SocketRequest request, in ClientAddress client) =>
        new()
        {
            Id = ids.Next(),
            UserId = caller.UserId,
            Username = caller.Username,
            Vars = caller.Vars,
            Expiry = caller.Expiry,
            Lang = request.Language,
            ClientIp = client.Ip,
            ClientPort = client.PortText,
            IsClientIpCertain = client.ToldBy is null,
        };

    /// <summary>Counts and registers a session that can send; the caller counts its end.</summary>
    public void Open(Session session, in SocketRequest request)
    {
        metrics.SocketOpened();
        opening.Open(session, request.IsVisible);
    }
}
