using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Api;
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
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9:", "")]
    [InlineData("203.0.113.9:65536", "")]
    [InlineData("[2001:db8::1]443", "")]
    [InlineData("[203.0.113.9]", "")]
    [InlineData("203.0.113", "")]
    [InlineData("203.0.113.09", "")]
    [InlineData("0xcb.0.113.9", "")]
    [InlineData("3405803785", "")]
    [InlineData("fe80::1%eth0", "")]
    [InlineData("unknown", "")]
    [InlineData("_hidden", "")]
    [InlineData("", "10.0.0.9")]
    [InlineData("  ", "10.0.0.9")]
    public void An_entry_is_an_address_with_or_without_a_port_and_anything_else_is_no_address(string forwardedFor, string ip) =>
        Assert.Equal(ip, Counting(1).Find(forwardedFor, Peer).Ip);

    [Theory]
    [InlineData("203.0.113.9, 10.0.0.1", 1, "203.0.113.9")]
    [InlineData("198.51.100.7, 203.0.113.9, 10.0.0.1", 1, "203.0.113.9")]
    [InlineData("198.51.100.7, 203.0.113.9, 10.0.0.1", 2, "198.51.100.7")]
    [InlineData("203.0.113.9, 10.0.0.1", 5, "203.0.113.9")]
    [InlineData("203.0.113.9, nonsense, , 10.0.0.1", 1, "203.0.113.9")]
    [InlineData("203.0.113.9, 127.0.0.1, 10.0.0.1", 1, "203.0.113.9")]
    [InlineData("127.0.0.1, 10.0.0.1", 1, "127.0.0.1")]
    [InlineData("nonsense, more", 1, "")]
    [InlineData(",", 1, "")]
    [InlineData("203.0.113.9, 10.0.0.1", 0, "10.0.0.9")]
    public void A_number_of_proxies_is_counted_from_the_right_as_in_the_reference(string forwardedFor, int proxyCount, string ip) =>
        Assert.Equal(ip, Counting(proxyCount).Find(forwardedFor, Peer).Ip);

    [Theory]
    [InlineData("203.0.113.9, 10.0.0.1", "203.0.113.9")]
    [InlineData("198.51.100.7, 203.0.113.9, 10.0.0.1, 10.2.3.4", "203.0.113.9")]
    [InlineData("203.0.113.9, 198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.3, 10.0.0.1", "10.0.0.3")]
    [InlineData("203.0.113.9, nonsense, 10.0.0.1", "")]
    [InlineData("nonsense", "")]
    [InlineData("203.0.113.9, , 10.0.0.1", "203.0.113.9")]
    [InlineData("2001:db8::7, 2001:db8:1::5", "2001:db8::7")]
    public void Named_proxies_are_walked_from_the_right_until_another_address(string forwardedFor, string ip)
    {
        var client = Naming("10.0.0.0/8", "2001:db8:1::/48").Find(forwardedFor, Peer);

        Assert.Equal(ip, client.Ip);
        Assert.Equal(ip.Length > 0, client.Network is not null);
    }

    [Fact]
    public void The_header_of_a_peer_that_is_not_named_is_not_read()
    {
        var client = Naming("192.0.2.1").Find("203.0.113.9", Peer);

        Assert.Equal(("10.0.0.9", "5000"), (client.Ip, client.PortText));
        Assert.NotNull(client.Network);
    }

    [Theory]
    [InlineData("::ffff:10.0.0.9", "203.0.113.9")]
    [InlineData("2002:a00:9::1", "2002:a00:9::1")]
    public void An_address_of_ipv4_is_named_in_either_form_but_not_by_one_that_only_holds_it(string peer, string ip) =>
        Assert.Equal(ip, Naming("10.0.0.0/8").Find("203.0.113.9", new IPEndPoint(IPAddress.Parse(peer), 5000)).Ip);

    [Fact]
    public void A_peer_that_sent_the_header_is_left_out_of_limits_on_addresses_from_then_on()
    {
        var addresses = Counting(1);
        var other = IPEndPoint.Parse("10.0.0.10:5000");
        Assert.NotNull(addresses.Find("", Peer).Network);

        Assert.Null(addresses.Find("203.0.113.9", Peer).Network);

        Assert.Null(addresses.Find("", Peer).Network);
        Assert.True(addresses.IsForwarder(Peer.Address));
        Assert.NotNull(addresses.Find("", other).Network);
        Assert.False(addresses.IsForwarder(other.Address));
    }

    [Fact]
    public void One_address_told_on_the_own_machine_is_certain_and_a_list_is_not()
    {
        var own = IPEndPoint.Parse("127.0.0.1:5000");

        Assert.NotNull(Counting(1).Find("203.0.113.9", own).Network);
        Assert.Null(Counting(1).Find("203.0.113.9, 198.51.100.7", own).Network);
    }

    [Fact]
    public void Whatever_is_written_the_answer_is_an_address_that_is_in_it_or_none()
    {
        const string Letters = "0123456789abcf.:[], %-\0é";
        var random = new Random(13);
        for (var i = 0; i < 100_000; i++)
        {
            var text = string.Create(random.Next(60), random, static (span, random) =>
            {
                foreach (ref var c in span) c = Letters[random.Next(Letters.Length)];
            });

            foreach (var addresses in (ClientAddresses[])[Counting(1), Naming("10.0.0.0/8")])
            {
                var client = addresses.Find(text, Peer);
                if (string.IsNullOrWhiteSpace(text) || client.Ip.Length == 0) continue;
                Assert.Contains(text.Split(','), entry => ForwardedFor.TryParse(entry.Trim(), out var address) && address.Equals(client.Address));
            }
        }
    }

    [Fact]
    public void An_address_with_a_port_is_read_as_the_library_writes_it()
    {
        var random = new Random(13);
        var bytes = new byte[16];
        for (var i = 0; i < 10_000; i++)
        {
            random.NextBytes(bytes);
            var address = new IPAddress(i % 2 == 0 ? bytes : bytes[..4]);
            Assert.True(ForwardedFor.TryParse(address.ToString(), out var plain));
            Assert.True(ForwardedFor.TryParse(new IPEndPoint(address, random.Next(65536)).ToString(), out var withPort));
            Assert.Equal((address, address), (plain, withPort));
        }
    }

    private static ClientAddresses Counting(int proxyCount) => new(new SocketOptions { ProxyCount = proxyCount }, NullLogger<ClientAddresses>.Instance);

    private static ClientAddresses Naming(params string[] proxies) => new(new SocketOptions { TrustedProxies = proxies }, NullLogger<ClientAddresses>.Instance);
}
