using System.Net;
using Nakama.Server.Api;
using Nakama.Server.Metrics;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>Turns an opened socket into a session and runs it.</summary>
internal sealed class WebSocketSessions(
    SessionHost host, SessionIds ids, SessionOpening opening, RealtimePipeline pipeline, SocketOptions options, ServerMetrics metrics)
{
    /// <summary>Completes when the connection is over.</summary>
    public Task RunAsync(WebSocketWire wire, in SocketRequest request, SessionFormat format, Caller caller, IPEndPoint? peer, string forwardedFor)
    {
        var (ip, port) = ClientAddress.Find(forwardedFor, peer, options.ProxyCount);
        var session = new WebSocketSession(host, pipeline, options, metrics, wire, format)
        {
            Id = ids.Next(),
            UserId = caller.UserId,
            Username = caller.Username,
            Vars = caller.Vars,
            Expiry = caller.Expiry,
            Lang = request.Language,
            ClientIp = ip,
            ClientPort = port,
        };
        metrics.SocketOpened();
        opening.Open(session, request.IsVisible);
        return session.RunAsync();
    }
}
