using System.Net;
using Nakama.Server.Transport;

namespace Nakama.Tests.Transport;

/// <summary>Where a client is that comes through proxies.</summary>
public sealed class ForwardedAddresses
{
    private static readonly IPEndPoint Peer = IPEndPoint.Parse("10.0.0.9:5000");

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9:5555", "203.0.113.9")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("198.51.100.7, 203.0.113.9:5555", "203.0.113.9")]
    [InlineData("nobody", "10.0.0.9")]
    public void An_entry_may_have_a_port(string forwardedFor, string ip) =>
        Assert.Equal(ip, ClientAddress.Find(forwardedFor, Peer, proxyCount: 1).Ip);
}
