using System.Buffers.Binary;

namespace Nakama.Enet.Protocol;

/// <summary>Combines commands into one datagram.</summary>
internal ref struct DatagramWriter(Span<byte> room)
{
    // The header is two bytes shorter when no command needs the time, so commands begin after the longer form.
    private const int HeadLength = 4;

    private readonly Span<byte> _room = room;
    private int _position = HeadLength;

    public readonly bool IsEmpty => _position == HeadLength;

    /// <summary>The number of bytes available for further commands.</summary>
    public readonly int Room => _room.Length - _position;

    public const int AcknowledgeLength = 8;

    public void Acknowledge(in Acknowledgement acknowledgement)
    {
        Head((byte)CommandKind.Acknowledge, acknowledgement.Channel, acknowledgement.Sequence);
        UInt16(acknowledgement.Sequence);
        UInt16(acknowledgement.SentTime);
    }

    public void VerifyConnect(ushort sequence, in ConnectOffer offer, ushort peerId, byte incomingSession, byte outgoingSession, int mtu, int window, int channels)
    {
        Head((byte)CommandKind.VerifyConnect | Limits.AcknowledgeFlag, Limits.ControlChannel, sequence);
        UInt16(peerId);
        _room[_position++] = incomingSession;
        _room[_position++] = outgoingSession;
        UInt32((uint)mtu);
        UInt32((uint)window);
        UInt32((uint)channels);
        // No bandwidth limits of the server's own.
        UInt32(0);
        UInt32(0);
        UInt32(offer.ThrottleInterval);
        UInt32(offer.ThrottleAcceleration);
        UInt32(offer.ThrottleDeceleration);
        UInt32(offer.ConnectId);
    }

    public void Reliable(ReliableCommand command)
    {
        Head((byte)((byte)command.Kind | Limits.AcknowledgeFlag), command.Channel, command.Sequence);
        switch (command.Kind)
        {
            case CommandKind.Disconnect:
                UInt32(command.Argument);
                break;
            case CommandKind.SendReliable:
                UInt16((ushort)command.Length);
                break;
            case CommandKind.SendFragment:
                UInt16(command.FragmentStart);
                UInt16((ushort)command.Length);
                UInt32((uint)command.FragmentCount);
                UInt32((uint)command.FragmentNumber);
                UInt32((uint)command.TotalLength);
                UInt32((uint)command.Offset);
                break;
        }
        Bytes(command.Payload);
    }

    public void Unreliable(byte channel, ushort reliableSequence, ushort sequence, ReadOnlySpan<byte> payload)
    {
        Head((byte)CommandKind.SendUnreliable, channel, reliableSequence);
        UInt16(sequence);
        UInt16((ushort)payload.Length);
        Bytes(payload);
    }

    /// <summary>The last command sent to a peer; its acknowledgement is not awaited.</summary>
    public void DisconnectNow(ushort sequence, uint argument)
    {
        Head((byte)CommandKind.Disconnect | Limits.UnsequencedFlag, Limits.ControlChannel, sequence);
        UInt32(argument);
    }

    /// <summary>Writes the header and returns the whole datagram.</summary>
    public readonly ReadOnlySpan<byte> Finish(int peerId, int session, ushort? sentTime)
    {
        var first = (ushort)(peerId | (session << Limits.SessionShift));
        if (sentTime is not { } time)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_room[2..], first);
            return _room[2.._position];
        }
        BinaryPrimitives.WriteUInt16BigEndian(_room, (ushort)(first | Limits.SentTimeFlag));
        BinaryPrimitives.WriteUInt16BigEndian(_room[2..], time);
        return _room[.._position];
    }

    private void Head(byte first, byte channel, ushort sequence)
    {
        _room[_position] = first;
        _room[_position + 1] = channel;
        _position += 2;
        UInt16(sequence);
    }

    private void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_room[_position..], value);
        _position += 2;
    }

    private void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_room[_position..], value);
        _position += 4;
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_room[_position..]);
        _position += bytes.Length;
    }
}
