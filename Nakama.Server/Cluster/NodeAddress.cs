using System.Globalization;

namespace Nakama.Server.Cluster;

/// <summary>Addresses of nodes, as <c>host:port</c>, where an IPv6 address is in brackets.</summary>
internal static class NodeAddress
{
    public static string Format(string host, int port) => host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{host}]:{port}")
        : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    /// <summary>The two parts, the host without brackets.</summary>
    /// <exception cref="FormatException">It is not such an address.</exception>
    public static (string Host, int Port) Parse(string address)
    {
        var colon = address.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535)
            throw new FormatException($"{address} is not an address.");
        return (address[..colon].Trim('[', ']'), port);
    }
}
