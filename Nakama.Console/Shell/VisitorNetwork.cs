using System.Net;
using System.Net.Sockets;

namespace Nakama.Console.Shell;

/// <summary>The key of a per-address limit: an IPv4 address, or the first 64 bits of an IPv6 address.</summary>
internal static class VisitorNetwork
{
    private const int NetworkBytes = 8;

    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }

    /// <summary>
    /// Reads the headers of trusted proxies. Without trusted proxies the headers are ignored, as any client can set them.
    /// </summary>
    public static void UseTrustedProxies(this WebApplication app, IReadOnlyList<IPNetwork> trusted)
    {
        if (trusted.Count == 0) return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedFor | Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        // By default all processes of this machine are trusted.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
