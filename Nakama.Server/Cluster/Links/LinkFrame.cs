using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nakama.Server.Cluster.Links;

internal enum LinkFrameKind : byte
{
    Hello = 1,
    Challenge = 2,
    Proof = 3,
    Welcome = 4,
    Refusal = 5,

    /// <summary>Messages of the bus, each with its length.</summary>
    Messages = 6,

    /// <summary>One message of the membership engine.</summary>
    Membership = 7,
}

/// <summary>
/// One message of the stream between two nodes: version, kind, incarnation of the sender, sequence, payload and, after the
/// handshake, an authentication code. The buffer is rented; whoever has the frame disposes it.
/// </summary>
internal sealed class LinkFrame : IDisposable
{
    public const byte CurrentVersion = 1;

    /// <summary>The largest payload; longer messages are sent in parts.</summary>
    public const int MaxPayload = 128 * 1024;

    public const int HeaderSize = 20;

    public const int CodeSize = 16;

    public const int MaxSize = HeaderSize + MaxPayload + CodeSize;

    private byte[] _bytes;

    public LinkFrame(int capacity = MaxSize) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The bytes in use.</summary>
    public int Length { get; private set; } = HeaderSize;

    public byte Version => _bytes[0];

    public LinkFrameKind Kind => (LinkFrameKind)_bytes[1];

    public long Incarnation => BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(4));

    public ulong Sequence => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(12));

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>The payload of a frame without a code.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(HeaderSize, Length - HeaderSize);

    /// <summary>The payload of a frame with a code.</summary>
    public ReadOnlyMemory<byte> SealedPayload => _bytes.AsMemory(HeaderSize, Length - HeaderSize - CodeSize);

    /// <summary>Makes this an empty frame.</summary>
    public void Begin(LinkFrameKind kind, long incarnation, ulong sequence)
    {
        _bytes[0] = CurrentVersion;
        _bytes[1] = (byte)kind;
        _bytes[2] = _bytes[3] = 0;
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(4), incarnation);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(12), sequence);
        Length = HeaderSize;
    }

    /// <summary>The next bytes of the payload, to be filled.</summary>
    public Span<byte> Append(int count)
    {
        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    /// <summary>Adds the authentication code.</summary>
    public void Seal(ReadOnlySpan<byte> key)
    {
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Bytes, code);
        code[..CodeSize].CopyTo(Append(CodeSize));
    }

    /// <summary>Whether the sender has the key.</summary>
    public bool IsSealedWith(ReadOnlySpan<byte> key)
    {
        if (Length < HeaderSize + CodeSize) return false;
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, _bytes.AsSpan(0, Length - CodeSize), code);
        return ClusterSecret.AreEqual(code[..CodeSize], _bytes.AsSpan(Length - CodeSize, CodeSize));
    }

    /// <summary>Copies received bytes; null when there are too few or too many for a frame.</summary>
    public static LinkFrame? Read(ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length is < HeaderSize or > MaxSize) return null;
        var frame = new LinkFrame((int)bytes.Length) { Length = (int)bytes.Length };
        bytes.CopyTo(frame._bytes);
        return frame;
    }

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
    }
}
