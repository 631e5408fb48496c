using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Enet;
using Nakama.Protocol.Realtime;
using Nakama.Server.Transport.Rudp;
using Nakama.Tests.TestHost;
using static Nakama.Tests.Transport.Rudp.HandshakeDatagrams;

namespace Nakama.Tests.Transport.Rudp;

/// <summary>Requests to connect from more addresses than there are places for those who have not shown where they are.</summary>
public sealed class CrowdsOfStrangers
{
    private const int Addresses = 512;
    private const int PerSecond = 10_000;
    private const int MostSent = 40 * PerSecond;
    private const int Attempts = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_address_takes_four_places_and_gets_in_beyond_them_when_it_shows_that_it_is_there()
    {
        await using var server = await TestServer.StartAsync();
        var (node, host) = (NodeOf(server), server.Services.GetRequiredService<RudpHost>());
        using var client = Stranger(1);
        var answer = Array.Empty<byte>();
        for (uint i = 1; i <= 50; i++)
        {
            await client.SendAsync(Connect(i, clientPeerId: (byte)i), node);
            answer = await ReceiveAsync(client);
        }

        Assert.Equal(PeerTable.MaxUnverifiedPerAddress, host.PeerCount);
        await client.SendAsync(Acknowledge(answer), node);

        using var patience = new CancellationTokenSource(Patience);
        while (host.Find(PlaceOf(answer)) is not { IsVerified: true }) await Task.Delay(10, patience.Token);
        Assert.Equal(50, host.Find(PlaceOf(answer))!.ClientPeerId);
        Assert.Equal(PeerTable.MaxUnverifiedPerAddress + 1, host.PeerCount);
    }

    [Fact]
    public async Task A_cookie_is_good_for_its_address_alone_and_unchanged()
    {
        await using var server = await TestServer.StartAsync();
        var (node, host) = (NodeOf(server), server.Services.GetRequiredService<RudpHost>());
        using var client = Stranger(1);
        using var other = Stranger(2);
        var answer = Array.Empty<byte>();
        for (uint i = 1; i <= PeerTable.MaxUnverifiedPerAddress + 1; i++)
        {
            await client.SendAsync(Connect(i), node);
            answer = await ReceiveAsync(client);
        }

        for (var wrongBy = 1; wrongBy <= 1000; wrongBy++) await client.SendAsync(Acknowledge(answer, wrongBy), node);
        await other.SendAsync(Acknowledge(answer), node);
        // What comes after them is answered, so they have been looked at.
        await other.SendAsync(Connect(100), node);
        await ReceiveAsync(other);

        Assert.False(host.Find(PlaceOf(answer)) is { IsVerified: true });
    }

    [Fact]
    public void A_cookie_brings_the_terms_back_and_ends_with_its_time()
    {
        var cookies = new ConnectCookies();
        var address = new IPEndPoint(IPAddress.Parse("127.9.8.7"), 4321).Serialize();
        var offer = new Nakama.Enet.Protocol.ConnectOffer(63, 1400, 65536, 200, 0, 5000, 2, 2, 77);

        Assert.True(cookies.TryMake(offer, address, 17, 2, nowMs: 1000, out var cookie));

        Assert.True(cookies.TryRead(cookie, address, 17, 2, nowMs: 1000 + ConnectCookies.PeriodMs, out var read));
        Assert.Equal((63, 1392u, 8u), (read.PeerId, read.Mtu, read.Channels));
        Assert.False(cookies.TryRead(cookie, address, 17, 2, nowMs: 1000 + (2 * ConnectCookies.PeriodMs), out _));
        Assert.False(cookies.TryRead(cookie, address, 18, 2, nowMs: 1000, out _));
        Assert.False(cookies.TryRead(cookie, address, 17, 1, nowMs: 1000, out _));
        Assert.False(new ConnectCookies().TryRead(cookie, address, 17, 2, nowMs: 1000, out _));
        Assert.False(cookies.TryMake(offer with { PeerId = 64 }, address, 17, 2, nowMs: 1000, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(150)]
    public async Task Ten_thousand_requests_a_second_from_many_addresses_keep_no_client_out(int roundTripMs)
    {
        await using var server = await TestServer.StartAsync();
        var host = server.Services.GetRequiredService<RudpHost>();
        var player = await server.AuthenticateAsync();
        using var end = new CancellationTokenSource();
        var flood = Task.Run(() => FloodAsync(NodeOf(server), end.Token));
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            while (host.PeerCount < PeerTable.MaxUnverified) await Task.Delay(10, patience.Token);

            Assert.True(await TalksAsync(server, player, roundTripMs), "the client was kept out");

            Assert.False(flood.IsCompleted);
            Assert.InRange(host.PeerCount, 1, PeerTable.MaxUnverified + Attempts);
        }
        finally
        {
            await end.CancelAsync();
            await flood;
        }
    }

    /// <summary>Whether a game gets an answer; as games do, it tries again when a datagram of the handshake was lost.</summary>
    private static async Task<bool> TalksAsync(TestServer server, TestPlayer player, int roundTripMs)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await using var network = new SlowNetwork(NodeOf(server).Port, roundTripMs);
            try
            {
                await using var client = await EnetClient.OpenAsync(network.Port, player);
                return (await client.AskAsync(new Envelope { Ping = new Ping() })).MessageCase == Envelope.MessageOneofCase.Pong;
            }
            catch (Exception e) when (e is OperationCanceledException or TimeoutException or InvalidOperationException)
            {
                // Lost on the way; another attempt has other numbers.
            }
        }

        return false;
    }

    private static async Task FloodAsync(IPEndPoint node, CancellationToken cancellationToken)
    {
        UdpClient[] strangers = [.. Enumerable.Range(1, Addresses).Select(Stranger)];
        try
        {
            var since = Stopwatch.StartNew();
            for (var sent = 0; sent < MostSent && !cancellationToken.IsCancellationRequested;)
            {
                for (var due = Math.Min(since.ElapsedMilliseconds * PerSecond / 1000, MostSent); sent < due; sent++)
                    strangers[sent % Addresses].Send(Connect((uint)sent + 1), node);
                await Task.Delay(5, CancellationToken.None);
            }
        }
        finally
        {
            foreach (var stranger in strangers) stranger.Dispose();
        }
    }

    private static UdpClient Stranger(int number) =>
        new(new IPEndPoint(new IPAddress([127, 77, (byte)(number >> 8), (byte)number]), 0));

    private static IPEndPoint NodeOf(TestServer server) => new(IPAddress.Loopback, server.Port + 2);
}
