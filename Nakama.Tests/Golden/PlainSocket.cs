using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Nakama.Tests.Golden;

/// <summary>A WebSocket client that sends arbitrary data and reports how the connection ended.</summary>
internal sealed class PlainSocket : IAsyncDisposable
{
    private const int NoCode = 1005;
    private const int Dropped = 1006;

    private readonly TcpClient _client = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly System.Threading.Channels.Channel<string> _inbox = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private int _closeCode;
    private Task _reading = Task.CompletedTask;

    /// <summary>The HTTP status of the handshake.</summary>
    public int Status { get; private set; }

    /// <summary>The local port.</summary>
    public int LocalPort { get; private set; }

    /// <summary>Whether the connection has ended and all messages were read.</summary>
    public bool IsEnded => _reading.IsCompleted;

    /// <summary>The reason of the end: a close code, or "refused"; null while it is open or messages are left.</summary>
    public object? Closed { get; private set; }

    public static async Task<PlainSocket> OpenAsync(int port, string target, IReadOnlyDictionary<string, string> headers)
    {
        var socket = new PlainSocket();
        await socket._client.ConnectAsync("127.0.0.1", port);
        socket.LocalPort = ((IPEndPoint)socket._client.Client.LocalEndPoint!).Port;
        var stream = socket._client.GetStream();
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var head = $"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            + string.Concat(headers.Select(header => $"{header.Key}: {header.Value}\r\n")) + "\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        socket.Status = await HandshakeAsync(stream, timeout.Token);
        if (socket.Status == 101) socket._reading = socket.ReadAsync(stream);
        else socket.Closed = "refused";
        return socket;
    }

    public async Task SendAsync(string text, int opCode = 1)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        using var frame = new MemoryStream();
        frame.WriteByte((byte)(0x80 | opCode));
        WriteLength(frame, payload.Length);
        var mask = RandomNumberGenerator.GetBytes(4);
        frame.Write(mask);
        for (var i = 0; i < payload.Length; i++) frame.WriteByte((byte)(payload[i] ^ mask[i & 3]));
        await WriteAsync(frame.ToArray());
    }

    /// <summary>The next message, or null at the deadline or when the socket has ended.</summary>
    public async Task<string?> ReceiveAsync(CancellationToken deadline)
    {
        if (Closed is not null) return null;
        try
        {
            if (await _inbox.Reader.WaitToReadAsync(deadline) && _inbox.Reader.TryRead(out var message)) return message;
            Closed = (decimal)_closeCode;
        }
        catch (OperationCanceledException)
        {
            // The deadline.
        }

        return null;
    }

    /// <summary>Sends a close frame and disconnects.</summary>
    public async Task CloseAsync()
    {
        try
        {
            await WriteAsync([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8]);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Already closed.
        }

        _client.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _reading;
        _client.Dispose();
        _writing.Dispose();
    }

    private static void WriteLength(MemoryStream frame, int length)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (length < 126)
        {
            frame.WriteByte((byte)(0x80 | length));
        }
        else if (length < 65536)
        {
            frame.WriteByte(0xfe);
            BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)length);
            frame.Write(bytes[..2]);
        }
        else
        {
            frame.WriteByte(0xff);
            BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)length);
            frame.Write(bytes);
        }
    }

    private async Task WriteAsync(byte[] bytes)
    {
        await _writing.WaitAsync();
        try
        {
            await _client.GetStream().WriteAsync(bytes);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static async Task<int> HandshakeAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        try
        {
            return (await PlainHttp.ReadAsync(stream, isHead: false, cancellationToken)).Status;
        }
        catch (EndOfStreamException)
        {
            return 0;
        }
    }

    /// <summary>Responds to pings and queues messages until the server closes.</summary>
    private async Task ReadAsync(NetworkStream stream)
    {
        _closeCode = Dropped;
        try
        {
            while (true)
            {
                var head = await ExactlyAsync(stream, 2);
                var length = head[1] & 127;
                var size = length switch
                {
                    126 => BinaryPrimitives.ReadUInt16BigEndian(await ExactlyAsync(stream, 2)),
                    127 => (int)BinaryPrimitives.ReadUInt64BigEndian(await ExactlyAsync(stream, 8)),
                    _ => length,
                };
                var payload = await ExactlyAsync(stream, size);
                switch (head[0] & 15)
                {
                    case 1 or 2:
                        _inbox.Writer.TryWrite(Encoding.UTF8.GetString(payload));
                        break;
                    case 8:
                        _closeCode = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : NoCode;
                        return;
                    case 9:
                        await WriteAsync([0x8a, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]);
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            // The connection ended without a close frame.
        }
        finally
        {
            _inbox.Writer.Complete();
        }
    }

    private static async Task<byte[]> ExactlyAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
