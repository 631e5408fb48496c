using System.Buffers.Binary;

namespace Nakama.Enet.Protocol;

/// <summary>The header of a datagram: its receiver and the time it was sent.</summary>
internal readonly ref struct Datagram
{
    private Datagram(int peerId, int session, bool hasSentTime, ushort sentTime, ReadOnlySpan<byte> commands)
    {
        PeerId = peerId;
        Session = session;
        HasSentTime = hasSentTime;
        SentTime = sentTime;
        Commands = commands;
    }

    /// <summary>The receiver's peer id for the connection; <see cref="Limits.NoPeer"/> before there is one.</summary>
    public int PeerId { get; }

    /// <summary>Two bits that distinguish a connection from an earlier one with the same peer id.</summary>
    public int Session { get; }

    public bool HasSentTime { get; }

    /// <summary>The sender's clock in milliseconds, to be echoed in acknowledgements.</summary>
    public ushort SentTime { get; }

    public ReadOnlySpan<byte> Commands { get; }

    /// <summary>
    /// False for data that is not a datagram of the protocol, and for compressed datagrams, which are not supported.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Datagram datagram)
    {
        datagram = default;
        if (bytes.Length < 2) return false;
        var first = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var hasSentTime = (first & Limits.SentTimeFlag) != 0;
        var length = hasSentTime ? 4 : 2;
        if ((first & Limits.CompressedFlag) != 0 || bytes.Length < length) return false;
        datagram = new Datagram(
            first & Limits.NoPeer,
            (first >> Limits.SessionShift) & (Limits.SessionCount - 1),
            hasSentTime,
            hasSentTime ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : (ushort)0,
            bytes[length..]);
        return true;
    }
}
