using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TcpSocket = System.Net.Sockets.Socket;

namespace Nakama.Tests.Realtime;

/// <summary>One frame as it came from the server.</summary>
public sealed record RawFrame(int Opcode, byte[] Payload)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public JsonElement Json => JsonDocument.Parse(Payload).RootElement;

    public int CloseCode => BinaryPrimitives.ReadUInt16BigEndian(Payload);

    public string CloseText => Encoding.UTF8.GetString(Payload, 2, Payload.Length - 2);
}

/// <summary>A WebSocket client that can do everything wrong.</summary>
public sealed class RawSocket : IDisposable
{
    private readonly List<byte> _received = [];

    private RawSocket(TcpSocket socket) => Socket = socket;

    public TcpSocket Socket { get; }

    /// <summary>The answer to the handshake, up to the empty line, and the body of a refusal.</summary>
    public string Answer { get; private set; } = "";

    public static async Task<RawSocket> OpenAsync(int port, string pathAndQuery, params string[] headers)
    {
        var client = await SendRequestAsync(port, pathAndQuery, headers);
        if (!client.Answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal)) throw new InvalidOperationException(client.Answer);
        return client;
    }

    /// <summary>Asks for a socket and keeps whatever is answered.</summary>
    public static async Task<RawSocket> SendRequestAsync(int port, string pathAndQuery, params string[] headers)
    {
        var socket = new TcpSocket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var client = new RawSocket(socket);
        string[] standard = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"];
        if (headers.Length > 0 && headers[0] == "only") (standard, headers) = ([], headers[1..]);
        var head = string.Join("\r\n", [$"GET {pathAndQuery} HTTP/1.1", "Host: localhost", .. standard, .. headers]);
        await socket.SendAsync(Encoding.ASCII.GetBytes(head + "\r\n\r\n"));
        await client.ReadAnswerAsync();
        return client;
    }

    public Task SendTextAsync(string text) => SendFrameAsync(0x81, Encoding.UTF8.GetBytes(text));

    public Task SendBinaryAsync(byte[] payload) => SendFrameAsync(0x82, payload);

    public Task SendFrameAsync(byte first, byte[] payload) => SendBytesAsync(Frame(first, payload));

    public async Task SendBytesAsync(byte[] bytes) => await Socket.SendAsync(bytes);

    /// <summary>A client's frame with a mask that is not empty.</summary>
    public static byte[] Frame(byte first, byte[] payload, bool isMasked = true)
    {
        var frame = new List<byte> { first };
        var maskBit = isMasked ? 0x80 : 0;
        if (payload.Length < 126)
        {
            frame.Add((byte)(payload.Length | maskBit));
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            frame.Add((byte)(126 | maskBit));
            frame.AddRange([(byte)(payload.Length >> 8), (byte)payload.Length]);
        }
        else
        {
            frame.Add((byte)(127 | maskBit));
            var length = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
            frame.AddRange(length);
        }
        byte[] key = isMasked ? [0x37, 0xFA, 0x21, 0x3D] : [0, 0, 0, 0];
        if (isMasked) frame.AddRange(key);
        for (var i = 0; i < payload.Length; i++) frame.Add((byte)(payload[i] ^ key[i % 4]));
        return [.. frame];
    }

    /// <summary>The next frame; null when the server ended the connection.</summary>
    public async Task<RawFrame?> ReceiveAsync()
    {
        while (true)
        {
            if (TryTakeFrame() is { } frame) return frame;
            if (!await ReceiveMoreAsync()) return null;
        }
    }

    /// <summary>The next frame, which must be a message.</summary>
    public async Task<JsonElement> ReceiveJsonAsync()
    {
        var frame = await ReceiveAsync();
        Assert.NotNull(frame);
        Assert.Equal(1, frame.Opcode);
        return frame.Json;
    }

    /// <summary>Reads on until the close frame.</summary>
    public async Task<RawFrame> ReceiveCloseAsync()
    {
        while (await ReceiveAsync() is { } frame)
        {
            if (frame.Opcode == 8) return frame;
        }
        throw new InvalidOperationException("The connection ended without a close frame.");
    }

    /// <summary>Reads on until the server ends the connection; false when it was reset.</summary>
    public async Task<bool> ReceiveEndAsync()
    {
        try
        {
            while (await ReceiveAsync() is not null)
            {
            }
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => Socket.Dispose();

    private async Task ReadAnswerAsync()
    {
        while (true)
        {
            var text = Encoding.ASCII.GetString([.. _received]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                end += 4;
                var length = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
                if (length is not null) end += int.Parse(length["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
                if (_received.Count >= end)
                {
                    Answer = text[..end];
                    _received.RemoveRange(0, end);
                    return;
                }
            }
            if (!await ReceiveMoreAsync()) throw new InvalidOperationException("No answer: " + text);
        }
    }

    private RawFrame? TryTakeFrame()
    {
        if (_received.Count < 2) return null;
        Assert.True((_received[1] & 0x80) == 0, "A server never masks.");
        var length = _received[1] & 0x7F;
        var head = length switch { 126 => 4, 127 => 10, _ => 2 };
        if (_received.Count < head) return null;
        if (length == 126) length = (_received[2] << 8) | _received[3];
        else if (length == 127) length = (int)BinaryPrimitives.ReadInt64BigEndian(_received[2..10].ToArray());
        if (_received.Count < head + length) return null;
        var frame = new RawFrame(_received[0] & 0x0F, [.. _received[head..(head + length)]]);
        Assert.True((_received[0] & 0xF0) == 0x80, "Whole frames without reserved bits.");
        _received.RemoveRange(0, head + length);
        return frame;
    }

    private async Task<bool> ReceiveMoreAsync()
    {
        var buffer = new byte[16 * 1024];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var count = await Socket.ReceiveAsync(buffer, limit.Token);
        _received.AddRange(buffer.AsSpan(0, count));
        return count > 0;
    }
}
