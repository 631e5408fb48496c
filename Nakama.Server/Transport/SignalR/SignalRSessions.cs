using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Nakama.Server.Api;
using Nakama.Server.Metrics;
using Nakama.Server.Realtime;
using Nakama.Server.Security;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.SignalR;

/// <summary>Turns a hub connection into a session.</summary>
internal sealed class SignalRSessions(
    SessionHost host, SessionFactory factory, RealtimePipeline pipeline, ClientAddresses addresses, SocketOptions options,
    HubSlots slots, ServerMetrics metrics, TimeProvider time)
{
    public SignalRSession Open(HubConnectionContext connection, HubUser user, HttpContext? http)
    {
        var client = http is null ? default : addresses.Of(http);
        var session = new SignalRSession(host, factory.Identify(user.Caller, user.Request, client), pipeline, options, connection, time)
        {
            Slot = TakeSlot(connection, user, http, client.Network),
        };
        session.Start();
        factory.Open(session, user.Request);
        return session;
    }

    /// <summary>Completes when no work of the session is running any more.</summary>
    public async Task EndAsync(SignalRSession session, Exception? cause)
    {
        await session.LostAsync(SessionClose.PeerClosed with { Cause = cause?.Message ?? "" });
        session.Slot?.Dispose();
        metrics.SocketClosed();
    }

    /// <summary>Null for a connection that was not negotiated, or that has released its slot.</summary>
    private IDisposable? TakeSlot(HubConnectionContext connection, HubUser user, HttpContext? http, NetworkKey? network)
    {
        if (http is null || http.Request.Query[SignalREndpoint.ConnectionParameter].Count == 0) return null;
        var isPolling = connection.Features.Get<IHttpTransportFeature>()?.TransportType == HttpTransportType.LongPolling;
        return slots.Open(user.Caller.UserId, network, isPolling);
    }
}
