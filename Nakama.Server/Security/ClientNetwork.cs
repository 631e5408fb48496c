using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Nakama.Server.Security;

/// <summary>
/// What counts as one address in limits: all of an IPv4 address, the first half of an IPv6 address, as one customer has the
/// second half.
/// </summary>
internal static class ClientNetwork
{
    private const int Ipv6Bytes = 16;

    public static string Of(string clientIp)
    {
        if (!IPAddress.TryParse(clientIp, out var address)) return clientIp;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return clientIp;
        Span<byte> bytes = stackalloc byte[Ipv6Bytes];
        address.TryWriteBytes(bytes, out _);
        return $"{BinaryPrimitives.ReadUInt64BigEndian(bytes):x16}::/64";
    }
}
