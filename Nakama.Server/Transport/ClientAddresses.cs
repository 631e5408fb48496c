using System.Collections.Concurrent;
using System.Net;
using Nakama.Server.Api;
using Nakama.Server.Outbound;
using Nakama.Server.Security;

namespace Nakama.Server.Transport;

/// <summary>
/// Determines the addresses of clients behind the proxies in front of the server. With <c>socket.trusted_proxies</c> the header
/// <c>X-Forwarded-For</c> is accepted from those only. Otherwise <c>socket.proxy_count</c> determines how it is read, and any
/// peer may have forged it: a peer that has sent it is exempt from limits and lockouts by address.
/// </summary>
public sealed class ClientAddresses : IClientOrigins
{
    private const string Header = "X-Forwarded-For";

    /// <summary>Beyond this many peers, only the requests that carry the header are exempt, not the peer.</summary>
    private const int MaxForwarders = 4096;

    private readonly IPNetwork[] _proxies;
    private readonly int _proxyCount;
    private readonly ILogger<ClientAddresses> _log;
    private readonly ConcurrentDictionary<IPAddress, bool> _forwarders = new();
    private int _forwarderCount;

    public ClientAddresses(SocketOptions socket, ILogger<ClientAddresses> log)
    {
        _proxies = [.. socket.TrustedProxies.Select(static entry => AddressList.TryParse(entry, out var network) ? network : throw new FormatException($"{entry} is no network."))];
        _proxyCount = socket.ProxyCount;
        _log = log;
    }

    /// <summary>The client of an HTTP or gRPC request.</summary>
    public ClientAddress Of(HttpContext context)
    {
        var connection = context.Connection;
        var forwarded = context.Request.Headers[Header];
        return Find(forwarded.Count == 0 ? "" : forwarded.ToString(), connection.RemoteIpAddress, connection.RemotePort);
    }

    public ClientOrigin OriginOf(HttpContext context)
    {
        var client = Of(context);
        return new(client.Ip, client.ToldBy?.ToString());
    }

    /// <param name="forwardedFor">The header's values joined by commas; empty when there is none.</param>
    /// <param name="peer">The other end of the connection.</param>
    public ClientAddress Find(ReadOnlySpan<char> forwardedFor, IPEndPoint? peer) => Find(forwardedFor, peer?.Address, peer?.Port ?? 0);

    /// <summary>Whether a peer is a proxy, so that its connections do not all belong to one client.</summary>
    public bool IsForwarder(IPAddress peer) => IsTrusted(ForwardedFor.Plain(peer)) || _forwarders.ContainsKey(ForwardedFor.Plain(peer));

    private ClientAddress Find(ReadOnlySpan<char> forwardedFor, IPAddress? peer, int port)
    {
        if (peer is not null) peer = ForwardedFor.Plain(peer);
        if (forwardedFor.IsWhiteSpace()) return new(peer, port, peer is not null && _forwarders.ContainsKey(peer) ? peer : null);
        if (_proxies.Length > 0) return IsTrusted(peer) ? OfProxies(forwardedFor, peer!) : new(peer, port, null);
        if (_proxyCount == 0) return new(peer, port, null);

        var address = ForwardedFor.FindByCount(forwardedFor, _proxyCount);
        // A single entry from a program on this machine, such as the console, is the address that the program itself saw.
        var isOwnWord = peer is null || (IPAddress.IsLoopback(peer) && address is not null && !forwardedFor.Contains(','));
        if (isOwnWord) return new(address, 0, null);
        Note(peer!);
        return new(address, 0, peer);
    }

    private ClientAddress OfProxies(ReadOnlySpan<char> forwardedFor, IPAddress peer)
    {
        var address = ForwardedFor.FindByProxies(forwardedFor, _proxies);
        return new(address, 0, address is null ? peer : null);
    }

    private bool IsTrusted(IPAddress? peer) => peer is not null && ForwardedFor.Contains(_proxies, peer);

    private void Note(IPAddress peer)
    {
        if (Volatile.Read(ref _forwarderCount) >= MaxForwarders || !_forwarders.TryAdd(peer, true)) return;
        if (Interlocked.Increment(ref _forwarderCount) == 1) TransportLog.ForwardedByUnknown(_log, peer);
    }
}
