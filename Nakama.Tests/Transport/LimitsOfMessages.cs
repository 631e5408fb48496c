using System.Text.Json;
using Nakama.Protocol.Realtime;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;
using Nakama.Tests.Transport.Rudp;

namespace Nakama.Tests.Transport;

/// <summary>Messages beyond a limit, over everything that carries messages.</summary>
public sealed class LimitsOfMessages(LimitedNode node) : IClassFixture<LimitedNode>
{
    private const string Text = "Too many messages. Try again in 1 second.";
    private const string Ping = "\"ping\":{}";

    [Fact]
    public async Task A_socket_is_told_of_each_request_that_it_waits_for_and_stays_open()
    {
        await using var socket = await OpenAsync();
        for (var i = 0; i < LimitedNode.MessagesPerConnection; i++) await PongAsync(socket);

        var error = (await socket.AskAsync(Ping)).GetProperty("error");

        Assert.Equal($$"""{"message":"{{Text}}"}""", error.GetRawText());
        node.WaitASecond();
        await PongAsync(socket);
    }

    [Fact]
    public async Task A_socket_that_waits_for_nothing_is_told_once_in_a_second()
    {
        await using var socket = await OpenAsync();

        for (var i = 0; i < 30; i++) await socket.SendAsync($"{{{Ping}}}");
        // Its refusal comes after those of the others.
        Assert.True((await socket.AskAsync(Ping)).TryGetProperty("error", out _));

        for (var i = 0; i < LimitedNode.MessagesPerConnection; i++) Assert.True((await socket.ReceiveAsync()).TryGetProperty("pong", out _));
        Assert.Equal($$$"""{"error":{"message":"{{{Text}}}"}}""", (await socket.ReceiveAsync()).GetRawText());
        node.WaitASecond();
        await PongAsync(socket);
    }

    [Fact]
    public async Task A_user_is_refused_on_all_sockets_together()
    {
        var player = await node.AuthenticateAsync();
        await using var one = await node.Server.OpenSocketAsync(player);
        await using var other = await node.Server.OpenSocketAsync(player);
        node.WaitASecond();
        for (var i = 0; i < LimitedNode.MessagesPerConnection; i++) await PongAsync(one);
        for (var i = LimitedNode.MessagesPerConnection; i < LimitedNode.MessagesPerUser; i++) await PongAsync(other);

        Assert.Equal(Text, (await other.AskAsync(Ping)).GetProperty("error").Text("message"));
    }

    [Fact]
    public async Task An_address_is_refused_for_all_users_together()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();
        await using var three = await OpenAsync();
        for (var i = 0; i < LimitedNode.MessagesPerConnection; i++) await PongAsync(one);
        for (var i = 0; i < LimitedNode.MessagesPerConnection; i++) await PongAsync(two);
        for (var i = 2 * LimitedNode.MessagesPerConnection; i < LimitedNode.MessagesPerAddress; i++) await PongAsync(three);

        Assert.Equal(Text, (await three.AskAsync(Ping)).GetProperty("error").Text("message"));
    }

    [Fact]
    public async Task A_call_of_the_hub_fails_and_the_next_one_works_later()
    {
        var player = await node.AuthenticateAsync();
        await using var hub = await HubSocket.OpenAsync(node.Server, player);
        node.WaitASecond();
        for (var i = 0; i < LimitedNode.MessagesPerConnection; i++) Assert.False((await PingAsync()).TryGetProperty("error", out _));

        Assert.Contains(Text, (await PingAsync()).Text("error"), StringComparison.Ordinal);

        node.WaitASecond();
        Assert.False((await PingAsync()).TryGetProperty("error", out _));

        async Task<JsonElement> PingAsync()
        {
            await hub.SendAsync("""{"type":1,"invocationId":"1","target":"Ping","arguments":[]}""");
            return await hub.ReceiveAsync(3);
        }
    }

    [Fact]
    public async Task A_client_over_udp_is_told_and_stays_connected()
    {
        const int MaxPerSec = 5;
        await using var server = await TestServer.StartAsync(options => options with { Socket = options.Socket with { MaxMessagesPerSecPerConnection = MaxPerSec } });
        await using var client = await EnetClient.OpenAsync(server.Port + 2, await server.AuthenticateAsync());

        // The clock goes on here; so many in the time of all of them can only be sent in ten seconds.
        var asked = Enumerable.Range(0, 10 * MaxPerSec).Select(i => new Envelope { Cid = $"{i}", Ping = new Ping() }).ToList();
        asked.ForEach(envelope => client.Send(envelope));
        var answers = new List<Envelope>();
        while (answers.Count < asked.Count) answers.Add(await client.ReceiveAsync());

        Assert.InRange(answers.Count(answer => answer.MessageCase == Envelope.MessageOneofCase.Pong), MaxPerSec, asked.Count - 1);
        Assert.All(answers.Where(answer => answer.MessageCase != Envelope.MessageOneofCase.Pong), answer => Assert.Equal((0, Text), (answer.Error.Code, answer.Error.Message)));
    }

    private async Task<TestSocket> OpenAsync()
    {
        var socket = await node.Server.OpenSocketAsync(await node.AuthenticateAsync());
        node.WaitASecond();
        return socket;
    }

    private static async Task PongAsync(TestSocket socket)
    {
        var answer = await socket.AskAsync(Ping);
        Assert.True(answer.TryGetProperty("pong", out _), answer.GetRawText());
    }
}
