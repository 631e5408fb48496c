using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Nakama.Enet;

/// <summary>The network of a sender: an IPv4 address, or the network half of an IPv6 address.</summary>
internal static class SourceNetwork
{
    // The offset of the address in a socket address: after the family and the port, for IPv6 also after the flow info.
    private const int V4Offset = 4;
    private const int V6Offset = 8;
    private const int V6Length = 16;

    private const ulong V4Prefix = 0xFFFF_0000_0000;

    public static ulong Of(SocketAddress address)
    {
        var bytes = address.Buffer.Span;
        if (address.Family == AddressFamily.InterNetwork) return V4Prefix | BinaryPrimitives.ReadUInt32BigEndian(bytes[V4Offset..]);
        var v6 = bytes.Slice(V6Offset, V6Length);
        var network = BinaryPrimitives.ReadUInt64BigEndian(v6);
        var isMapped = network == 0 && BinaryPrimitives.ReadUInt32BigEndian(v6[8..]) == 0xFFFF;
        return isMapped ? V4Prefix | BinaryPrimitives.ReadUInt32BigEndian(v6[12..]) : network;
    }
}
