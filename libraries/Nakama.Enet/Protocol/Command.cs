using System.Buffers.Binary;

namespace Nakama.Enet.Protocol;

/// <summary>One command of a datagram, as a view of the datagram's bytes. All numbers are big-endian.</summary>
internal readonly ref struct Command
{
    private const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> _fields;

    private Command(byte first, byte channel, ushort sequence, ReadOnlySpan<byte> fields, ReadOnlySpan<byte> payload)
    {
        Kind = (CommandKind)(first & Limits.KindMask);
        WantsAcknowledge = (first & Limits.AcknowledgeFlag) != 0;
        Channel = channel;
        Sequence = sequence;
        _fields = fields;
        Payload = payload;
    }

    public CommandKind Kind { get; }

    public bool WantsAcknowledge { get; }

    public byte Channel { get; }

    /// <summary>The reliable sequence number.</summary>
    public ushort Sequence { get; }

    /// <summary>The payload of a send command.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Takes the next command from the datagram; false when the rest is not a complete command.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> rest, out Command command)
    {
        command = default;
        if (rest.Length < HeaderLength) return false;
        var first = rest[0];
        var length = FieldsLength((CommandKind)(first & Limits.KindMask));
        if (length < 0 || rest.Length < HeaderLength + length) return false;
        var fields = rest.Slice(HeaderLength, length);
        var after = rest[(HeaderLength + length)..];
        var payloadLength = PayloadLength((CommandKind)(first & Limits.KindMask), fields);
        if (payloadLength > after.Length) return false;
        command = new Command(first, rest[1], BinaryPrimitives.ReadUInt16BigEndian(rest[2..]), fields, after[..payloadLength]);
        rest = after[payloadLength..];
        return true;
    }

    public byte ByteAt(int offset) => _fields[offset];

    public ushort UInt16At(int offset) => BinaryPrimitives.ReadUInt16BigEndian(_fields[offset..]);

    public uint UInt32At(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_fields[offset..]);

    /// <summary>The bytes between a command's header and its payload; negative for an unknown command.</summary>
    private static int FieldsLength(CommandKind kind) => kind switch
    {
        CommandKind.Acknowledge => 4,
        CommandKind.Connect => 44,
        CommandKind.VerifyConnect => 40,
        CommandKind.Disconnect => 4,
        CommandKind.Ping => 0,
        CommandKind.SendReliable => 2,
        CommandKind.SendUnreliable or CommandKind.SendUnsequenced => 4,
        CommandKind.SendFragment or CommandKind.SendUnreliableFragment => 20,
        CommandKind.BandwidthLimit => 8,
        CommandKind.ThrottleConfigure => 12,
        _ => -1,
    };

    private static int PayloadLength(CommandKind kind, ReadOnlySpan<byte> fields) => kind switch
    {
        CommandKind.SendReliable => BinaryPrimitives.ReadUInt16BigEndian(fields),
        CommandKind.SendUnreliable or CommandKind.SendUnsequenced or CommandKind.SendFragment or CommandKind.SendUnreliableFragment =>
            BinaryPrimitives.ReadUInt16BigEndian(fields[2..]),
        _ => 0,
    };
}
