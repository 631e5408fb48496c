using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Nakama.Server.Api;
using Nakama.Server.Lifecycle;
using Nakama.Server.Security;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>
/// Opens the sockets of connections whose first request is a plain upgrade, bypassing the HTTP server: such a connection
/// holds no request state, and the session writes directly to its socket.
/// </summary>
internal sealed class WebSocketFastPath(
    WebSocketSessions sessions, ISessionTokenCheck tokens, RequestRateLimits limits, NodeLifecycle lifecycle, ClientAddresses addresses)
    : IConnectionMiddleware
{
    private static ReadOnlySpan<byte> Start => "GET /ws"u8;

    public ListenerKind Kind => ListenerKind.Api;

    public async Task<bool> TryRunAsync(ConnectionContext connection)
    {
        // On an encrypted connection the socket cannot be written to directly.
        if (connection.Features.Get<ITlsHandshakeFeature>() is not null) return false;
        if (connection.Features.Get<IConnectionSocketFeature>() is not { Socket: { } socket }) return false;
        var input = connection.Transport.Input;
        ReadResult read;
        try
        {
            read = await input.ReadAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return true;
        }

        var running = TryOpen(connection, socket, read.Buffer);
        if (running is null)
        {
            input.AdvanceTo(read.Buffer.Start);
            return false;
        }
        await running;
        return true;
    }

    /// <summary>The running session; null when the fast path does not apply, and then nothing was consumed.</summary>
    private Task? TryOpen(ConnectionContext connection, Socket socket, in ReadOnlySequence<byte> buffer)
    {
        var bytes = buffer.FirstSpan;
        if (!bytes.StartsWith(Start)) return null;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0 || !UpgradeHead.TryRead(bytes[..(end + 4)], out var head)) return null;
        // Requests that exceed a limit or arrive too late are refused by the HTTP server, with its own responses.
        if (!lifecycle.AcceptsSessions) return null;
        if (limits.LooksAtSenders && !AdmitsSender(connection, head.ForwardedFor)) return null;
        var request = new SocketRequest(
            head.Parameter("format"u8), head.Authorization, head.Parameter("token"u8), head.Parameter("status"u8), head.Parameter("lang"u8));
        if (!request.TryGetFormat(out var format) || request.FindCaller(tokens) is not { } caller) return null;
        if (!limits.AdmitsUser(caller.UserId)) return null;

        var wire = new SocketTransport(connection, socket);
        var response = Handshake.Response(head.Key!);
        connection.Transport.Input.AdvanceTo(buffer.GetPosition(end + 4));
        try
        {
            // The first bytes sent on a connection always fit into the socket's buffer.
            if (wire.TrySend(response) != response.Length) return Task.CompletedTask;
        }
        catch (IOException)
        {
            return Task.CompletedTask;
        }
        return sessions.RunAsync(wire, request, format, caller, connection.RemoteEndPoint as IPEndPoint, head.ForwardedFor);
    }

    private bool AdmitsSender(ConnectionContext connection, string forwardedFor)
    {
        var client = addresses.Find(forwardedFor, connection.RemoteEndPoint as IPEndPoint);
        return limits.AdmitsSender(connection.Features.Get<ConnectionRate>(), client.Network);
    }
}
