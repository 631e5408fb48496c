using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Nakama.Server.Security;

/// <summary>
/// What counts as one address in limits, as a number: an address of IPv4, or the first half of one of IPv6. Whatever is no
/// address is one sender together.
/// </summary>
public readonly record struct NetworkKey(ulong Bits)
{
    // Below this prefix there are no networks of IPv6.
    private const ulong V4Prefix = 0xFFFF_0000_0000;
    private const int V4Bytes = 4;
    private const int V6Bytes = 16;

    public static NetworkKey Of(string ip) => IPAddress.TryParse(ip, out var address) ? Of(address) : default;

    public static NetworkKey Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[V6Bytes];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetwork) return V4(bytes[..V4Bytes]);
        return address.IsIPv4MappedToIPv6 ? V4(bytes[^V4Bytes..]) : new(BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    // Networks are the clients' choice, so where they stand in a table must not be.
    public override int GetHashCode() => HashCode.Combine(Bits);

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[V6Bytes];
        bytes.Clear();
        if (Bits >> 32 == V4Prefix >> 32)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Bits);
            return new IPAddress(bytes[..V4Bytes]).ToString();
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes, Bits);
        return $"{new IPAddress(bytes)}/64";
    }

    private static NetworkKey V4(ReadOnlySpan<byte> bytes) => new(V4Prefix | BinaryPrimitives.ReadUInt32BigEndian(bytes));
}
