using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Transport.Rudp;

/// <summary>Games that use the real ENet library.</summary>
public sealed class TalkingOverUdp(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    private int Port => Server.Port + 2;

    [Fact]
    public async Task A_client_with_a_token_is_in_and_gets_answers()
    {
        await using var client = await EnetClient.OpenAsync(Port, await Server.AuthenticateAsync());

        var answer = await client.AskAsync(new Envelope { Ping = new Ping() });

        Assert.Equal(Envelope.MessageOneofCase.Pong, answer.MessageCase);
    }

    [Fact]
    public async Task The_token_alone_is_enough()
    {
        var player = await Server.AuthenticateAsync();
        await using var client = await EnetClient.ConnectAsync(Port);

        client.Send(System.Text.Encoding.UTF8.GetBytes(player.Token));

        Assert.Equal(Envelope.MessageOneofCase.Pong, (await client.AskAsync(new Envelope { Ping = new Ping() })).MessageCase);
    }

    [Fact]
    public async Task With_status_the_user_is_online_and_hears_of_himself_first()
    {
        var player = await Server.AuthenticateAsync();
        await using var client = await EnetClient.OpenAsync(Port, player, "&status=true");

        var first = await client.ReceiveAsync();

        Assert.Equal(player.UserId.ToString(), Assert.Single(first.StatusPresenceEvent.Joins).UserId);
    }

    [Theory]
    [InlineData("token=nobody")]
    [InlineData("token=")]
    [InlineData("status=true")]
    [InlineData("")]
    [InlineData("\u0000\u0001")]
    public async Task Without_a_valid_token_the_client_is_turned_away(string first)
    {
        await using var client = await EnetClient.ConnectAsync(Port);

        client.Send(System.Text.Encoding.UTF8.GetBytes(first));

        Assert.Equal(401u, await client.Disconnected);
    }

    [Fact]
    public async Task Players_on_udp_and_on_sockets_talk_in_one_room()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        await using var socket = await Server.OpenSocketAsync(ben);
        await using var client = await EnetClient.OpenAsync(Port, anna);
        var room = Unique.Name();
        await socket.AskAsync($$"""
            "channel_join":{"target":"{{room}}","type":1}
            """);
        var channel = (await client.AskAsync(new Envelope { ChannelJoin = new ChannelJoin { Target = room, Type = 1 } })).Channel.Id;

        await client.AskAsync(new Envelope { ChannelMessageSend = new ChannelMessageSend { ChannelId = channel, Content = """{"hello":"ben"}""" } });

        Assert.Contains("hello", (await socket.ReceiveAsync("channel_message")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_several_fragments_arrives_whole_in_both_directions()
    {
        await using var server = await TestServer.StartAsync(options => options with { Socket = options.Socket with { MaxMessageSizeBytes = 100_000 } });
        await using var client = await EnetClient.OpenAsync(server.Port + 2, await server.AuthenticateAsync());
        var channel = (await client.AskAsync(new Envelope { ChannelJoin = new ChannelJoin { Target = Unique.Name(), Type = 1 } })).Channel.Id;
        var content = $$"""{"text":"{{string.Concat(Enumerable.Range(0, 9000).Select(i => $"{i:x4} "))}}"}""";

        client.Send(new Envelope { ChannelMessageSend = new ChannelMessageSend { ChannelId = channel, Content = content } });

        while (true)
        {
            var envelope = await client.ReceiveAsync();
            if (envelope.MessageCase != Envelope.MessageOneofCase.ChannelMessage) continue;
            Assert.Equal(content, envelope.ChannelMessage.Content);
            return;
        }
    }

    [Fact]
    public async Task A_message_over_the_limit_ends_the_connection()
    {
        await using var client = await EnetClient.OpenAsync(Port, await Server.AuthenticateAsync());

        client.Send(new byte[5000]);

        Assert.Equal(1009u, await client.Disconnected);
    }

    [Fact]
    public async Task Bytes_that_are_no_envelope_end_the_connection()
    {
        await using var client = await EnetClient.OpenAsync(Port, await Server.AuthenticateAsync());

        client.Send([0xFF, 0xFF, 0xFF]);

        Assert.Equal(1000u, await client.Disconnected);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(0u)]
    [InlineData(2u)]
    [InlineData(8u)]
    public async Task Reliable_unreliable_and_unsequenced_messages_are_understood_on_any_channel(uint flags)
    {
        await using var client = await EnetClient.OpenAsync(Port, await Server.AuthenticateAsync(), channels: 4);
        await client.AskAsync(new Envelope { Ping = new Ping() });

        client.Send(new Envelope { Cid = "x", Ping = new Ping() }, channel: 3, flags);

        Assert.Equal("x", (await client.ReceiveAsync()).Cid);
    }

    [Fact]
    public async Task A_long_unreliable_message_may_come_in_fragments()
    {
        await using var client = await EnetClient.OpenAsync(Port, await Server.AuthenticateAsync());
        await client.AskAsync(new Envelope { Ping = new Ping() });

        client.Send(new Envelope { Cid = new string('x', 3000), Ping = new Ping() }, flags: EnetLibrary.UnreliableFragmentFlag);

        Assert.Equal(3000, (await client.ReceiveAsync()).Cid.Length);
    }

    [Fact]
    public async Task What_the_sender_says_may_be_lost_still_arrives_on_a_good_network()
    {
        await using var client = await EnetClient.OpenAsync(Port, await Server.AuthenticateAsync(), "&status=true");
        var session = (await client.ReceiveAsync()).StatusPresenceEvent.Joins[0].SessionId;

        Sessions.Find(Guid.Parse(session))!.TrySend(new EncodedMessage(new Envelope { MatchData = new MatchData { OpCode = 7, Reliable = false } }));

        Assert.Equal(7, (await client.ReceiveAsync()).MatchData.OpCode);
    }

    [Fact]
    public async Task A_client_that_leaves_is_gone_and_what_it_said_before_counts()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        await using var socket = await Server.OpenSocketAsync(ben);
        await using var client = await EnetClient.OpenAsync(Port, anna);
        var room = Unique.Name();
        await socket.AskAsync($$"""
            "channel_join":{"target":"{{room}}","type":1}
            """);
        var channel = (await client.AskAsync(new Envelope { ChannelJoin = new ChannelJoin { Target = room, Type = 1 } })).Channel.Id;

        client.Send(new Envelope { ChannelMessageSend = new ChannelMessageSend { ChannelId = channel, Content = """{"last":"word"}""" } });
        client.Leave();

        Assert.Contains("last", (await socket.ReceiveAsync("channel_message")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(anna.UserId, await LeaverAsync(socket, "channel_presence_event"));
    }

    [Fact]
    public async Task A_client_that_vanishes_is_noticed_by_its_silence()
    {
        await using var server = await TestServer.StartAsync(options => options with { Socket = options.Socket with { PingPeriodMs = 500, PongWaitMs = 1500 } });
        var (anna, ben) = (await server.AuthenticateAsync(), await server.AuthenticateAsync());
        await using var socket = await server.OpenSocketAsync(ben);
        await using var client = await EnetClient.OpenAsync(server.Port + 2, anna, "&status=true");
        await client.ReceiveAsync();
        await socket.AskAsync($$"""
            "status_follow":{"user_ids":["{{anna.UserId}}"]}
            """);

        client.Vanish();

        Assert.Equal(anna.UserId, await LeaverAsync(socket, "status_presence_event"));
    }

    [Fact]
    public async Task The_last_words_of_the_server_arrive_before_the_end()
    {
        await using var server = await TestServer.StartAsync(options => options with { Session = options.Session with { SingleSocket = true } });
        var player = await server.AuthenticateAsync();
        await using var first = await EnetClient.OpenAsync(server.Port + 2, player);
        await first.AskAsync(new Envelope { Ping = new Ping() });

        await using var second = await EnetClient.OpenAsync(server.Port + 2, player);

        Assert.Equal("single_socket", Assert.Single((await first.ReceiveAsync()).Notifications.Notifications_).Subject);
        Assert.Equal(1000u, await first.Disconnected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task On_a_bad_network_every_message_arrives_once_and_in_order(int seed)
    {
        const int Count = 120;
        const int UnderWay = 20;
        await using var network = new BadNetwork(Port, seed, lost: 0.15, doubled: 0.1, overtaken: 0.15);
        await using var client = await EnetClient.OpenAsync(network.Port, await Server.AuthenticateAsync());
        await client.AskAsync(new Envelope { Ping = new Ping() });

        for (var i = 0; i < Count + UnderWay; i++)
        {
            if (i < Count) client.Send(new Envelope { Cid = $"{i} {new string('x', i % 10 * 150)}", Ping = new Ping() });
            if (i >= UnderWay) Assert.StartsWith($"{i - UnderWay} ", (await client.ReceiveAsync()).Cid, StringComparison.Ordinal);
        }
        Assert.True(network.Count > Count / 10);
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_cut_off_and_hurts_nobody()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        await using var client = await EnetClient.OpenAsync(Port, anna);
        await client.AskAsync(new Envelope { Ping = new Ping() });
        await using var socket = await Server.OpenSocketAsync(ben);
        var session = Sessions.OfUser(anna.UserId)[0];
        client.Vanish();

        var payload = new EncodedMessage(new Envelope { StreamData = new StreamData { Data = new string('x', 4000) } });
        for (var i = 0; i < 200 && !session.IsClosing; i++)
        {
            session.TrySend(payload);
            await Task.Yield();
        }

        using var patience = new CancellationTokenSource(TestSocket.Patience);
        while (!session.IsClosing) await Task.Delay(10, patience.Token);
        Assert.True((await socket.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _));
    }

    private SessionRegistry Sessions => Server.Services.GetRequiredService<SessionRegistry>();

    /// <summary>Who is the first to leave.</summary>
    private static async Task<Guid> LeaverAsync(TestSocket socket, string news)
    {
        while (true)
        {
            var told = await socket.ReceiveAsync(news);
            if (told.TryGetProperty("leaves", out var leaves)) return leaves[0].GetProperty("user_id").GetGuid();
        }
    }
}
