using System.Buffers.Binary;
using Google.Protobuf;
using Nakama.Protocol.Realtime;

namespace Nakama.Server.Sessions;

/// <summary>
/// Encodes envelopes as complete server frames of a WebSocket (unmasked), so that each connection only copies them.
/// </summary>
public static class EnvelopeFrames
{
    private const byte FinalText = 0x81;
    private const byte FinalBinary = 0x82;


    public static byte[] Json(Envelope envelope)
    {
        var json = EnvelopeJson.Write(envelope);
        var frame = Frame(FinalText, json.Length, out var payload);
        json.CopyTo(frame.AsSpan(payload));
        return frame;
    }

    public static byte[] Protobuf(Envelope envelope)
    {
        var frame = Frame(FinalBinary, envelope.CalculateSize(), out var payload);
        envelope.WriteTo(frame.AsSpan(payload));
        return frame;
    }

    public static byte[] Bare(Envelope envelope) => envelope.ToByteArray();

    private static byte[] Frame(byte first, int length, out int payload)
    {
        payload = length < 126 ? 2 : length <= ushort.MaxValue ? 4 : 10;
        var frame = GC.AllocateUninitializedArray<byte>(payload + length);
        frame[0] = first;
        switch (payload)
        {
            case 2:
                frame[1] = (byte)length;
                break;
            case 4:
                frame[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)length);
                break;
            default:
                frame[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)length);
                break;
        }
        return frame;
    }
}
