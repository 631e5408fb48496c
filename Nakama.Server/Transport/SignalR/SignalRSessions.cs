using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Nakama.Server.Metrics;
using Nakama.Server.Realtime;
using Nakama.Server.Security;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.SignalR;

/// <summary>Turns a connection of the hub into a session.</summary>
internal sealed class SignalRSessions(
    SessionHost host, SessionIds ids, SessionOpening opening, RealtimePipeline pipeline, ClientAddresses addresses, SocketOptions options,
    HubSlots slots, ServerMetrics metrics, TimeProvider time)
{
    public SignalRSession Open(HubConnectionContext connection, HubUser user, HttpContext? http)
    {
        var client = http is null ? default : addresses.Of(http);
        var session = new SignalRSession(host, pipeline, options, connection, time)
        {
            Id = ids.Next(),
            UserId = user.Caller.UserId,
            Username = user.Caller.Username,
            Vars = user.Caller.Vars,
            Expiry = user.Caller.Expiry,
            Lang = user.Request.Language,
            ClientIp = client.Ip,
            ClientPort = client.PortText,
            IsClientIpCertain = client.ToldBy is null,
            Slot = TakeSlot(connection, user, http, client.Network),
        };
        metrics.SocketOpened();
        session.Start();
        opening.Open(session, user.Request.IsVisible);
        return session;
    }

    /// <summary>Completes when nothing of the session runs any more.</summary>
    public async Task EndAsync(SignalRSession session, Exception? cause)
    {
        await session.LostAsync(SessionClose.PeerClosed with { Cause = cause?.Message ?? "" });
        session.Slot?.Dispose();
        metrics.SocketClosed();
    }

    /// <summary>Null for a connection that was not negotiated, or that has given its slot back.</summary>
    private IDisposable? TakeSlot(HubConnectionContext connection, HubUser user, HttpContext? http, NetworkKey? network)
    {
        if (http is null || http.Request.Query[SignalREndpoint.ConnectionParameter].Count == 0) return null;
        var isPolling = connection.Features.Get<IHttpTransportFeature>()?.TransportType == HttpTransportType.LongPolling;
        return slots.Open(user.Caller.UserId, network, isPolling);
    }
}
