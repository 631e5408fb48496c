using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>The frame that ends a WebSocket: a code and a short text.</summary>
internal static class CloseFrame
{
    /// <summary>The longest text that fits into a control frame beside the code.</summary>
    public const int MaxTextBytes = 123;

    private const int NoStatus = 1005;

    /// <summary>Null when the text is too long for a close frame.</summary>
    public static byte[]? Make(ushort code, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > MaxTextBytes) return null;
        // The code for "no status" is never sent: it is answered with an empty frame.
        if (code == NoStatus) return [0x88, 0];
        var frame = new byte[4 + length];
        frame[0] = 0x88;
        frame[1] = (byte)(2 + length);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), code);
        Encoding.UTF8.GetBytes(text, frame.AsSpan(4));
        return frame;
    }

    /// <summary>The code in a client's close frame, or why the frame breaks the protocol.</summary>
    public static (ushort Code, string? Violation) Read(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return (NoStatus, null);
        if (payload.Length == 1) return (0, "bad close code");
        var code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (!MayBeReceived(code)) return (0, $"bad close code {code}");
        return Utf8.IsValid(payload[2..]) ? (code, null) : ((ushort)0, "invalid utf8 payload in close frame");
    }

    private static bool MayBeReceived(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1013) or (>= 3000 and <= 4999);
}
