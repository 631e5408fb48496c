using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Enet;
using Nakama.Server.Sessions;
using Nakama.Server.Transport.Rudp;
using Nakama.Tests.TestHost;
using static Nakama.Tests.Transport.Rudp.HandshakeDatagrams;

namespace Nakama.Tests.Transport.Rudp;

/// <summary>What a UDP port faces beside honest clients: each datagram may be forged.</summary>
public sealed class DatagramsOfStrangers(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static int _strangers;

    private readonly IPEndPoint _node = new(IPAddress.Loopback, fixture.Server.Port + 2);

    [Fact]
    public async Task A_request_to_connect_is_answered_with_less_than_it_took()
    {
        using var stranger = Stranger();
        var request = Connect(connectId: 1);

        await stranger.SendAsync(request, _node);

        var answer = await ReceiveAsync(stranger);
        Assert.True(answer.Length <= request.Length, $"{answer.Length} bytes for {request.Length}");
        Assert.Equal(3, answer[4] & 0x0F);
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(44)));
    }

    [Fact]
    public async Task One_who_never_shows_that_he_is_there_gets_no_more_bytes_than_he_sent()
    {
        using var stranger = Stranger();
        var sent = 0;
        await stranger.SendAsync(Connect(connectId: 2), _node);
        sent += Connect(2).Length;
        var answer = await ReceiveAsync(stranger);
        var received = answer.Length;
        // What a client sends that takes itself for connected: a ping to the place it was given.
        var ping = new byte[8];
        BinaryPrimitives.WriteUInt16BigEndian(ping, Header(answer));
        ping[4] = 0x85;
        ping[5] = 0xFF;

        for (var i = 0; i < 40; i++)
        {
            await stranger.SendAsync(ping, _node);
            sent += ping.Length;
        }
        await stranger.SendAsync(Connect(connectId: 3), _node);
        sent += Connect(3).Length;

        // The answer to the second request comes last; nothing after it is waited for.
        while (true)
        {
            var next = await ReceiveAsync(stranger);
            received += next.Length;
            if (BinaryPrimitives.ReadUInt32BigEndian(next.AsSpan(44)) == 3) break;
        }
        Assert.True(received <= sent, $"{received} bytes for {sent}");
    }

    [Fact]
    public async Task An_acknowledgement_that_does_not_know_the_secret_opens_nothing()
    {
        using var stranger = Stranger();
        await stranger.SendAsync(Connect(connectId: 4), _node);
        var answer = await ReceiveAsync(stranger);

        await stranger.SendAsync(Acknowledge(answer, wrongBy: 1), _node);
        Assert.False(IsVerified(answer));

        await stranger.SendAsync(Acknowledge(answer), _node);
        using var patience = new CancellationTokenSource(TestSocket.Patience);
        while (!IsVerified(answer)) await Task.Delay(10, patience.Token);
    }

    [Fact]
    public async Task A_flood_of_requests_to_connect_takes_a_bounded_number_of_places()
    {
        using var stranger = Stranger();
        var host = fixture.Server.Services.GetRequiredService<RudpHost>();

        for (uint i = 100; i < 3000; i++) await stranger.SendAsync(Connect(i), _node);

        await using var client = await EnetClient.OpenAsync(_node.Port, await fixture.Server.AuthenticateAsync());
        await client.AskAsync(new Nakama.Protocol.Realtime.Envelope { Ping = new Nakama.Protocol.Realtime.Ping() });
        Assert.InRange(host.PeerCount, 1, 300);
    }

    [Fact]
    public async Task Random_bytes_and_broken_datagrams_do_no_harm()
    {
        using var stranger = Stranger();
        var random = new Random(7);
        await stranger.SendAsync(Connect(connectId: 5), _node);
        var answer = await ReceiveAsync(stranger);
        await stranger.SendAsync(Acknowledge(answer), _node);

        for (var i = 0; i < 3000; i++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            // Every second one names a real connection, so that its commands are looked at.
            if (i % 2 == 0 && bytes.Length >= 8)
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes, Header(answer));
                bytes[4] = (byte)(0x80 | random.Next(1, 13));
                bytes[5] = (byte)random.Next(3);
            }
            await stranger.SendAsync(bytes, _node);
        }

        await using var client = await EnetClient.OpenAsync(_node.Port, await fixture.Server.AuthenticateAsync());
        Assert.NotEqual("", (await client.AskAsync(new Nakama.Protocol.Realtime.Envelope { Ping = new Nakama.Protocol.Realtime.Ping() })).Cid);
        Assert.DoesNotContain(fixture.Server.Log.Lines, line => line.Text.Contains("could not be dealt with", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_address_cannot_speak_for_a_connection()
    {
        var player = await fixture.Server.AuthenticateAsync();
        await using var client = await EnetClient.OpenAsync(_node.Port, player);
        await client.AskAsync(new Nakama.Protocol.Realtime.Envelope { Ping = new Nakama.Protocol.Realtime.Ping() });
        using var stranger = Stranger();

        for (var id = 0; id < 0xFFF; id++)
        {
            for (var session = 0; session < 4; session++)
            {
                var goodbye = new byte[10];
                BinaryPrimitives.WriteUInt16BigEndian(goodbye, (ushort)(id | (session << 12)));
                goodbye[2] = 0x44;
                goodbye[3] = 0xFF;
                await stranger.SendAsync(goodbye, _node);
            }
        }

        Assert.Equal("x", (await AskAsync(client)).Cid[..1]);
        Assert.Single(fixture.Server.Services.GetRequiredService<SessionRegistry>().OfUser(player.UserId));
    }

    [Fact]
    public async Task An_address_that_fell_silent_gets_no_goodbye_that_could_reach_its_next_owner()
    {
        const int Disconnect = 4;
        await using var server = await TestServer.StartAsync(options => options with { Socket = options.Socket with { PingPeriodMs = 200, PongWaitMs = 600 } });
        var node = new IPEndPoint(IPAddress.Loopback, server.Port + 2);
        using var client = Stranger();
        await client.SendAsync(Connect(connectId: 6), node);
        var answer = await ReceiveAsync(client);
        await client.SendAsync(Acknowledge(answer), node);
        var host = server.Services.GetRequiredService<RudpHost>();
        var heard = new List<int> { KindOf(await ReceiveAsync(client)) };

        using var patience = new CancellationTokenSource(TestSocket.Patience);
        while (host.PeerCount > 0) await Task.Delay(10, patience.Token);
        while (client.Available > 0) heard.Add(KindOf(await ReceiveAsync(client)));

        Assert.DoesNotContain(Disconnect, heard);

        static int KindOf(byte[] datagram) => datagram[(datagram[0] & 0x80) != 0 ? 4 : 2] & 0x0F;
    }

    [Fact]
    public async Task A_client_that_comes_anew_from_its_address_takes_the_place_of_its_older_self()
    {
        using var client = Stranger();
        var first = await ConnectAsync(client, connectId: 7, clientPeerId: 0);
        var neighbour = await ConnectAsync(client, connectId: 8, clientPeerId: 1);
        Assert.Equal([false, false], new[] { first.IsGone, neighbour.IsGone });

        var second = await ConnectAsync(client, connectId: 9, clientPeerId: 0);

        using var patience = new CancellationTokenSource(TestSocket.Patience);
        while (!first.IsGone) await Task.Delay(10, patience.Token);
        Assert.Equal([false, false], new[] { second.IsGone, neighbour.IsGone });
        Assert.Equal("the client came anew", first.EndCause);
    }

    private async Task<EnetPeer> ConnectAsync(UdpClient client, uint connectId, byte clientPeerId)
    {
        await client.SendAsync(Connect(connectId, clientPeerId), _node);
        byte[] answer;
        do answer = await ReceiveAsync(client);
        while ((answer[4] & 0x0F) != 3);
        await client.SendAsync(Acknowledge(answer), _node);
        using var patience = new CancellationTokenSource(TestSocket.Patience);
        while (!IsVerified(answer)) await Task.Delay(10, patience.Token);
        return fixture.Server.Services.GetRequiredService<RudpHost>().Find(PlaceOf(answer))!;
    }

    private static async Task<Nakama.Protocol.Realtime.Envelope> AskAsync(EnetClient client)
    {
        client.Send(new Nakama.Protocol.Realtime.Envelope { Cid = "x", Ping = new Nakama.Protocol.Realtime.Ping() });
        return await client.ReceiveAsync();
    }

    private bool IsVerified(byte[] answer) =>
        fixture.Server.Services.GetRequiredService<RudpHost>().Find(PlaceOf(answer))!.IsVerified;

    /// <summary>Each has an address of its own, since an address has only a few places before it has shown that it is there.</summary>
    private static UdpClient Stranger() => new(new IPEndPoint(new IPAddress([127, 78, 0, (byte)Interlocked.Increment(ref _strangers)]), 0));
}
