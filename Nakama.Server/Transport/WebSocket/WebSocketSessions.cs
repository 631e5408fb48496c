using System.Net;
using Nakama.Server.Api;
using Nakama.Server.Metrics;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>Turns an opened socket into a session and runs it.</summary>
internal sealed class WebSocketSessions(
    SessionHost host, SessionIds ids, SessionOpening opening, RealtimePipeline pipeline, ClientAddresses addresses, SocketOptions options,
    ServerMetrics metrics)
{
    /// <summary>Completes when the connection is over.</summary>
    public Task RunAsync(WebSocketWire wire, in SocketRequest request, SessionFormat format, Caller caller, IPEndPoint? peer, string forwardedFor)
    {
        var client = addresses.Find(forwardedFor, peer);
        var session = new WebSocketSession(host, pipeline, options, metrics, wire, format)
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
        metrics.SocketOpened();
        opening.Open(session, request.IsVisible);
        return session.RunAsync();
    }
}
