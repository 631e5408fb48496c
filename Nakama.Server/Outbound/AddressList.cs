using System.Net;
using System.Net.Sockets;

namespace Nakama.Server.Outbound;

/// <summary>A list of addresses and networks, such as <c>169.254.0.0/16</c>.</summary>
public sealed class AddressList
{
    private const int Ipv4Bits = 32;
    private const int Ipv6Bits = 128;

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private readonly IPNetwork[] _networks;

    /// <param name="entries">Empty ones say nothing.</param>
    /// <exception cref="FormatException">An entry is neither an address nor a network.</exception>
    public AddressList(IEnumerable<string> entries) =>
        _networks = [.. entries.Where(static entry => entry.Length > 0).Select(static entry => TryParse(entry, out var network) ? network : throw new FormatException($"{entry} is no network."))];

    /// <summary>Reads an address, or a network in CIDR notation.</summary>
    public static bool TryParse(string entry, out IPNetwork network)
    {
        if (IPNetwork.TryParse(entry, out network)) return true;
        if (entry.Contains('%') || !IPAddress.TryParse(entry, out var address)) return false;
        network = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? Ipv4Bits : Ipv6Bits);
        return true;
    }

    /// <summary>Whether an address is on the list, in whatever form it is written.</summary>
    public bool Contains(IPAddress address)
    {
        if (IsListed(address)) return true;
        return Embedded(address) is { } inner && IsListed(inner);
    }

    private bool IsListed(IPAddress address)
    {
        foreach (var network in _networks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }

    /// <summary>The address that packets go to when they are sent to this one; null when there is no other.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        // A system takes an unspecified address for its own.
        if (address.Equals(IPAddress.Any)) return IPAddress.Loopback;
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return null;
        if (address.Equals(IPAddress.IPv6Any)) return IPAddress.IPv6Loopback;
        if (address.Equals(IPAddress.IPv6Loopback)) return null;
        if (address.IsIPv4MappedToIPv6) return Embedded(address.MapToIPv4()) ?? address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (SixToFour.Contains(address)) return new IPAddress(bytes.Slice(2, 4));
        return Translated.Contains(address) || Compatible.Contains(address) ? new IPAddress(bytes[12..]) : null;
    }
}
