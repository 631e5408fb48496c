using System.Net;
using Nakama.Server.Api;
using Nakama.Server.Metrics;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>Turns an opened socket into a session and runs it.</summary>
internal sealed class WebSocketSessions(
    SessionHost host, SessionFactory factory, RealtimePipeline pipeline, ClientAddresses addresses, SocketOptions options,
    ServerMetrics metrics)
{
    /// <summary>Completes when the connection is over.</summary>
    public Task RunAsync(WebSocketTransport wire, in SocketRequest request, SessionFormat format, Caller caller, IPEndPoint? peer, string forwardedFor)
    {
        var identity = factory.Identify(caller, request, addresses.Find(forwardedFor, peer));
        var session = new WebSocketSession(host, identity, pipeline, options, metrics, wire, format);
        factory.Open(session, request);
        return session.RunAsync();
    }
}
