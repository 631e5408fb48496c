using System.Net;
using System.Net.Sockets;
using System.Text;
using Nakama.Enet;
using Nakama.Server.Api;
using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;
using Nakama.Server.Realtime;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Server.Transport.Http;
using Nakama.Server.Transport.WebSocket;

namespace Nakama.Server.Transport.Rudp;

/// <summary>
/// Turns a peer into a session. Its first message is text: the session token alone, or the parameters that a WebSocket URL
/// would carry, <c>token=…&amp;status=true&amp;lang=en</c>.
/// </summary>
internal sealed class RudpLogins(
    SessionHost host, SessionFactory factory, RealtimePipeline pipeline, ISessionTokenCheck tokens, RequestRateLimits limits,
    NodeLifecycle lifecycle, ServerMetrics metrics)
{
    private static readonly UTF8Encoding StrictText = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public RudpConnection Begin(EnetPeer peer, RudpHost listener) => new(peer, listener, this, pipeline, host.Lanes.Assign());

    /// <summary>
    /// Opens the session of the token's user; null when the token is invalid or too many sessions are being opened.
    /// </summary>
    /// <param name="text">The first message.</param>
    /// <param name="address">The remote address.</param>
    /// <param name="connection">The connection that carries the session.</param>
    /// <param name="refusal">The close code for the client when there is no session.</param>
    public RudpSession? LogIn(ReadOnlySpan<byte> text, SocketAddress address, RudpConnection connection, out uint refusal)
    {
        var blank = new IPEndPoint(address.Family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        var peer = (IPEndPoint)blank.Create(address);
        refusal = RudpConnection.ShuttingDown;
        if (!lifecycle.AcceptsSessions && !(Read(text)?.FindCaller(tokens) is { } expected && lifecycle.AcceptsSessionOf(expected.UserId))) return null;
        refusal = RudpConnection.TooMany;
        if (limits.LooksAtSenders && !limits.AdmitsSender(null, NetworkKey.Of(peer.Address))) return null;
        refusal = RudpConnection.NoToken;
        if (Read(text) is not { } request || request.FindCaller(tokens) is not { } caller) return null;
        refusal = RudpConnection.TooMany;
        if (!limits.AdmitsUser(caller.UserId)) return null;
        var client = new ClientAddress(ForwardedFor.Plain(peer.Address), peer.Port, ToldBy: null);
        var session = new RudpSession(host, factory.Identify(caller, request, client), connection, metrics);
        factory.Open(session, request);
        return session;
    }

    private static SocketRequest? Read(ReadOnlySpan<byte> text)
    {
        string query;
        try
        {
            query = StrictText.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        if (!query.Contains('=')) return new SocketRequest("protobuf", null, query, "", "");
        var parameters = QueryText.ParseWhatCan(query);
        return new SocketRequest("protobuf", null, Value("token"), Value("status"), Value("lang"));

        string Value(string key) => parameters.Find(one => one.Key == key)?.Values[0] ?? "";
    }
}
