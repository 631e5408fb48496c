using System.Buffers.Binary;
using Google.Protobuf;

namespace Nakama.Server.Cluster;

internal enum BusFrameType : byte
{
    Tell = 1,
    Ask = 2,
    Answer = 3,
    Failure = 4,
}

/// <summary>
/// One message between nodes: version, type, code of the kind, request number, and the message itself.
/// </summary>
internal readonly struct BusFrame
{
    private const byte Version = 1;
    private const int HeaderSize = 12;

    private BusFrame(BusFrameType type, ushort code, ulong number, ReadOnlyMemory<byte> body) =>
        (Type, Code, Number, Body) = (type, code, number, body);

    public BusFrameType Type { get; }

    public ushort Code { get; }

    public ulong Number { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public static byte[] Write(BusFrameType type, ushort code, ulong number, IMessage? message)
    {
        var frame = GC.AllocateUninitializedArray<byte>(HeaderSize + (message?.CalculateSize() ?? 0));
        frame[0] = Version;
        frame[1] = (byte)type;
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(2), code);
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(4), number);
        message?.WriteTo(frame.AsSpan(HeaderSize));
        return frame;
    }

    /// <summary>False for data that is not a frame of this version.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> memory, out BusFrame frame)
    {
        frame = default;
        var bytes = memory.Span;
        if (bytes.Length < HeaderSize || bytes[0] != Version || bytes[1] is < (byte)BusFrameType.Tell or > (byte)BusFrameType.Failure) return false;
        frame = new BusFrame(
            (BusFrameType)bytes[1], BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[4..]), memory[HeaderSize..]);
        return true;
    }
}
