using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Nakama.Server.Transport;

/// <summary>
/// Reads <c>X-Forwarded-For</c>: each hop appends the address that it saw on the right, so entries further left come from less
/// trusted senders. Entries are addresses with or without a port.
/// </summary>
internal static class ForwardedFor
{
    private const int MaxAddressLength = 45;

    private static readonly SearchValues<char> V6Letters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>
    /// The client when only the number of proxies is known: skips that many addresses from the right and takes the next one, or
    /// the leftmost if there are fewer. Skips entries that are not addresses, and loopback addresses with entries to their left.
    /// </summary>
    /// <returns>Null when there is no address.</returns>
    public static IPAddress? FindByCount(ReadOnlySpan<char> header, int proxyCount)
    {
        IPAddress? found = null;
        var hops = proxyCount;
        while (TryTakeLast(ref header, out var entry))
        {
            if (!TryParse(entry, out var address) || (IPAddress.IsLoopback(address) && !header.IsEmpty)) continue;
            found = address;
            if (hops-- <= 0) break;
        }

        return found;
    }

    /// <summary>
    /// The client when the proxies are known: the first address from the right that is not a proxy's, or the leftmost one.
    /// </summary>
    /// <returns>Null when a proxy has sent an entry that is not an address.</returns>
    public static IPAddress? FindByProxies(ReadOnlySpan<char> header, ReadOnlySpan<IPNetwork> proxies)
    {
        IPAddress? found = null;
        while (TryTakeLast(ref header, out var entry))
        {
            if (entry.IsEmpty) continue;
            if (!TryParse(entry, out found)) return null;
            if (!Contains(proxies, found)) break;
        }

        return found;
    }

    public static bool Contains(ReadOnlySpan<IPNetwork> networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }

    /// <summary>The IPv4 address of an IPv4-mapped IPv6 address; otherwise the same address.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Reads an entry: <c>203.0.113.9</c>, <c>203.0.113.9:5555</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]:443</c>.</summary>
    internal static bool TryParse(ReadOnlySpan<char> entry, out IPAddress address)
    {
        address = IPAddress.None;
        var isBracketed = entry is ['[', ..];
        var isV6 = isBracketed || entry.Count(':') > 1;
        ReadOnlySpan<char> text;
        if (isBracketed)
        {
            var end = entry.IndexOf(']');
            if (end < 0 || !IsPort(entry[(end + 1)..])) return false;
            text = entry[1..end];
        }
        else
        {
            var colon = isV6 ? -1 : entry.IndexOf(':');
            if (colon >= 0 && !IsPort(entry[colon..])) return false;
            text = colon < 0 ? entry : entry[..colon];
        }

        // The framework's parser also accepts numbers, octal and hexadecimal parts, zones and ports, none of which proxies write.
        if (text.Length > MaxAddressLength || !(isV6 ? IsV6Text(text) : IsV4Text(text)) || !IPAddress.TryParse(text, out var parsed)) return false;
        if (parsed.AddressFamily != (isV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork)) return false;
        address = Plain(parsed);
        return true;
    }

    private static bool TryTakeLast(ref ReadOnlySpan<char> header, out ReadOnlySpan<char> entry)
    {
        entry = default;
        if (header.IsEmpty) return false;
        var comma = header.LastIndexOf(',');
        entry = header[(comma + 1)..].Trim();
        header = comma < 0 ? default : header[..comma];
        return true;
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.IsEmpty || (text[0] == ':' && ushort.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static bool IsV6Text(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(V6Letters);

    /// <summary>Four decimal numbers without leading zeros.</summary>
    private static bool IsV4Text(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is 0 or > 3 || part.ContainsAnyExceptInRange('0', '9') || (part.Length > 1 && part[0] == '0')) return false;
        }

        return parts == 4;
    }
}
