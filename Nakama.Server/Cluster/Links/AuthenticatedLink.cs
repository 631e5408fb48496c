using System.Buffers.Binary;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Cluster.Links;

/// <summary>
/// A connection whose both sides have proved themselves. Every frame has a code that only they can compute, the incarnation of its
/// sender, and the next number of its direction, so that none can be forged, repeated or left out unnoticed.
/// </summary>
internal sealed class AuthenticatedLink(LinkStream stream, LinkPeer peer, long incarnation, byte[] sendKey, byte[] receiveKey) : IDisposable
{
    private ulong _sent;
    private ulong _received;

    public LinkPeer Peer { get; } = peer;

    public string RemoteAddress => stream.RemoteAddress;

    /// <summary>Begins the next frame of this side.</summary>
    public void Begin(LinkFrame frame, LinkFrameKind kind) => frame.Begin(kind, incarnation, ++_sent);

    /// <summary>Seals the frame that was begun last and sends it. One call at a time.</summary>
    public ValueTask SendAsync(LinkFrame frame, CancellationToken cancellationToken)
    {
        frame.Seal(sendKey);
        return stream.WriteAsync(frame, cancellationToken);
    }

    /// <summary>The next message; null when the other side has ended the stream. One call at a time.</summary>
    public ValueTask<LinkPacket?> ReceiveAsync(CancellationToken cancellationToken) => stream.ReadAsync(cancellationToken);

    /// <summary>Whether a received frame is the next one of the other side, and of the kind of this connection.</summary>
    public FrameError Check(LinkFrame? frame)
    {
        if (frame is null) return FrameError.Oversized;
        if (frame.Length < LinkFrame.HeaderSize + LinkFrame.CodeSize || frame.Version != LinkFrame.CurrentVersion) return FrameError.Garbled;
        if (!frame.IsSealedWith(receiveKey)) return FrameError.Forged;
        if (frame.Incarnation != Peer.Incarnation) return FrameError.Late;
        if (frame.Sequence <= _received) return FrameError.Duplicate;
        if (frame.Sequence != _received + 1) return FrameError.Missing;
        var expected = Peer.Purpose == LinkPurpose.Membership ? LinkFrameKind.Membership : LinkFrameKind.Messages;
        if (frame.Kind != expected) return FrameError.Garbled;
        _received = frame.Sequence;
        return FrameError.None;
    }

    public void Dispose() => stream.Dispose();
}

/// <summary>
/// The payload of a frame of messages: each with its length. The highest bit of a length says that the rest of the message is in
/// the next frames.
/// </summary>
internal static class MessageParts
{
    public const int PrefixSize = sizeof(uint);
    private const uint ContinuesFlag = 0x8000_0000;

    public static void Append(LinkFrame frame, ReadOnlySpan<byte> part, bool continues)
    {
        var span = frame.Append(PrefixSize + part.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)part.Length | (continues ? ContinuesFlag : 0));
        part.CopyTo(span[PrefixSize..]);
    }

    /// <summary>Takes the next part from the front; false when the payload is garbled.</summary>
    public static bool TryTake(ref ReadOnlyMemory<byte> payload, out ReadOnlyMemory<byte> part, out bool continues)
    {
        (part, continues) = (default, false);
        if (payload.Length < PrefixSize) return false;
        var prefix = BinaryPrimitives.ReadUInt32LittleEndian(payload.Span);
        continues = (prefix & ContinuesFlag) != 0;
        var length = (int)(prefix & ~ContinuesFlag);
        if (length > payload.Length - PrefixSize) return false;
        part = payload.Slice(PrefixSize, length);
        payload = payload[(PrefixSize + length)..];
        return true;
    }
}
