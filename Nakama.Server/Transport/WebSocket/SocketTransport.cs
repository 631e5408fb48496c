using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>
/// A plain TCP connection. Reads through the server's pipe, but sends directly to the socket, without a copy, a queue or
/// another thread between a message and the system call.
/// </summary>
internal sealed class SocketTransport : WebSocketTransport
{
    private readonly ConnectionContext _connection;
    private readonly Socket _socket;

    public SocketTransport(ConnectionContext connection, Socket socket)
    {
        _connection = connection;
        _socket = socket;
        socket.Blocking = false;
    }

    public override PipeReader Input => _connection.Transport.Input;

    public override bool CanHalfClose => true;

    public override string Ends => $"{_connection.LocalEndPoint}->{_connection.RemoteEndPoint}";

    public override int TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var sent = _socket.Send(bytes, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success => sent,
                SocketError.WouldBlock => 0,
                _ => throw new IOException(error.ToString()),
            };
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty) bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None)..];
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException(e.Message, e);
        }
    }

    public override void FinishSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has closed the connection first.
        }
        Input.CancelPendingRead();
    }

    public override void Abort() => _connection.Abort();
}
