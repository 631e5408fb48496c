using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Nakama.Server.Security;

/// <summary>
/// What counts as one address in limits, as a number: an IPv4 address, or the first half of an IPv6 address. Everything that is
/// not an address counts as one sender.
/// </summary>
public readonly record struct NetworkKey(ulong Bits)
{
    // There are no IPv6 networks below this prefix.
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

    // Clients choose their networks, so they must not control the position in a hash table.
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
