using System.Buffers.Binary;
using System.Net.Sockets;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Transport.Rudp;

/// <summary>The datagrams of a handshake, for clients that are none.</summary>
internal static class HandshakeDatagrams
{
    public static byte[] Connect(uint connectId, byte clientPeerId = 0)
    {
        var datagram = new byte[52];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, 0x8FFF);
        datagram[4] = 0x82;
        datagram[5] = 0xFF;
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), 1);
        datagram[9] = clientPeerId;
        datagram[10] = datagram[11] = 0xFF;
        ReadOnlySpan<uint> fields = [1400, 65536, 2, 0, 0, 5000, 2, 2, connectId, 0];
        for (var i = 0; i < fields.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(datagram.AsSpan(12 + (4 * i)), fields[i]);
        return datagram;
    }

    /// <summary>The acknowledgement of a verification.</summary>
    public static byte[] Acknowledge(byte[] answer, int wrongBy = 0)
    {
        var datagram = new byte[12];
        var number = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(datagram, Header(answer));
        datagram[4] = 1;
        datagram[5] = 0xFF;
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), number);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(8), number);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(10), (ushort)(BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(2)) + wrongBy));
        return datagram;
    }

    /// <summary>The head of datagrams to the place that an answer gives.</summary>
    public static ushort Header(byte[] answer) => (ushort)(0x8000 | PlaceOf(answer) | (answer[11] << 12));

    public static int PlaceOf(byte[] answer) => BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(8));

    public static async Task<byte[]> ReceiveAsync(UdpClient client)
    {
        using var timeout = new CancellationTokenSource(TestSocket.Patience);
        return (await client.ReceiveAsync(timeout.Token)).Buffer;
    }
}
