using System.Security.Cryptography;
using System.Text;
using Nakama.Protocol.Json;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>The opening handshake of RFC 6455.</summary>
internal static class Handshake
{
    private const int KeyLength = 24;

    private static ReadOnlySpan<byte> Guid => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <summary>Whether a client's key is valid: 16 bytes as base64.</summary>
    public static bool IsKey(ReadOnlySpan<char> key) => key.Length == KeyLength && GoBase64.TryDecode(key, out var bytes) && bytes.Length == 16;

    /// <summary>The server's answer to the key.</summary>
    public static string Accept(string key)
    {
        Span<byte> input = stackalloc byte[KeyLength + 36];
        Encoding.ASCII.GetBytes(key, input);
        Guid.CopyTo(input[KeyLength..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        // The protocol prescribes the hash; it has no security function.
#pragma warning disable CA5350
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }

    /// <summary>The complete response that opens the socket.</summary>
    public static byte[] Response(string key) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {Accept(key)}\r\n\r\n");
}
