using System.Globalization;
using System.Net;
using Nakama.Server.Security;

namespace Nakama.Server.Transport;

/// <summary>Where a client is, seen through the proxies in front of the server.</summary>
internal static class ClientAddress
{
    /// <summary>Of an HTTP or gRPC request.</summary>
    public static (string Ip, string Port) Of(HttpContext context, int proxyCount)
    {
        var peer = context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null;
        var forwarded = context.Request.Headers["X-Forwarded-For"];
        return Find(forwarded.Count == 0 ? "" : forwarded.ToString(), peer, proxyCount);
    }

    /// <summary>The same as limits count it.</summary>
    public static NetworkKey NetworkOf(HttpContext context, int proxyCount)
    {
        var forwarded = proxyCount > 0 ? context.Request.Headers["X-Forwarded-For"] : default;
        var address = (forwarded.Count == 0 ? null : FindForwarded(forwarded.ToString(), proxyCount)) ?? context.Connection.RemoteIpAddress;
        return address is null ? default : NetworkKey.Of(address);
    }

    /// <summary>
    /// Each trusted proxy has added the address it saw to the right of <c>X-Forwarded-For</c>, and is itself the next hop;
    /// whatever stands further left was written by the client and is not believed.
    /// </summary>
    /// <param name="forwardedFor">The header's values joined by commas; empty when there is none.</param>
    /// <param name="peer">The other end of the connection.</param>
    /// <param name="proxyCount">How many proxies are trusted; with none, the header is the client's own word and not read.</param>
    /// <returns>Address and port as text; the port is only known of a direct client.</returns>
    public static (string Ip, string Port) Find(ReadOnlySpan<char> forwardedFor, IPEndPoint? peer, int proxyCount)
    {
        if (proxyCount > 0 && !forwardedFor.IsEmpty && FindForwarded(forwardedFor, proxyCount) is { } address) return (Text(address), "");
        return peer is null ? ("", "") : (Text(peer.Address), peer.Port.ToString(CultureInfo.InvariantCulture));
    }

    private static IPAddress? FindForwarded(ReadOnlySpan<char> forwardedFor, int proxyCount)
    {
        IPAddress? found = null;
        // The peer is the first of the proxies.
        var hops = proxyCount - 1;
        while (!forwardedFor.IsEmpty)
        {
            var comma = forwardedFor.LastIndexOf(',');
            var candidate = forwardedFor[(comma + 1)..].Trim();
            forwardedFor = comma < 0 ? default : forwardedFor[..comma];
            // Some proxies write the port as well.
            if (!IPEndPoint.TryParse(candidate, out var endPoint)) continue;
            var address = endPoint.Address;
            if (IPAddress.IsLoopback(address) && !forwardedFor.IsEmpty) continue;
            found = address;
            if (hops-- <= 0) break;
        }
        return found;
    }

    private static string Text(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
