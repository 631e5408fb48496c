using System.Text;
using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>
/// Clients that keep a connection open and send or read little: the node disconnects them without an effect on others.
/// </summary>
public sealed class SlowClients
{
    private const string HubHandshake = "{\"protocol\":\"json\",\"version\":1}\u001e";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("GET /v2/account HTTP/1.1\r\nHost: x\r\nX-Slow: ")]
    [InlineData("POST /v2/account/authenticate/device HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")]
    public async Task Who_does_not_finish_a_request_is_hung_up_on(string beginning)
    {
        await using var server = await TestServer.StartAsync(options => options with { Socket = options.Socket with { ReadTimeoutMs = 500 } });
        using var client = await server.ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning));

        using var timeout = new CancellationTokenSource(Patience);
        using var rest = new MemoryStream();
        try
        {
            await stream.CopyToAsync(rest, timeout.Token);
        }
        catch (IOException)
        {
            // A reset is a valid end too.
        }

        Assert.False(timeout.IsCancellationRequested);
    }

    [Theory]
    [InlineData("/ws?format=json&status=true&token=", "")]
    [InlineData("/ws?format=protobuf&status=true&token=", "")]
    [InlineData("/signalr?status=true&access_token=", HubHandshake)]
    public async Task A_socket_whose_other_end_is_gone_without_a_word_ends_and_its_followers_hear_of_it(string target, string first)
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            Socket = options.Socket with { PingPeriodMs = 1000, PongWaitMs = 4000 },
        });
        var (anna, ben) = (await server.AuthenticateAsync(), await server.AuthenticateAsync());
        await using var follower = await server.OpenSocketAsync(anna);
        using var silent = await server.ConnectAsync();
        await OpenAsync(silent, target + ben.Token);
        if (first.Length > 0) await SendTextAsync(silent, first);

        var status = await follower.AskAsync($$"""
            "status_follow":{"user_ids":["{{ben.UserId}}"]}
            """);
        // The silent client never answers a ping. Over the hub it may come online only after it is followed.
        var gone = await follower.ReceiveAsync("status_presence_event");
        var isThere = PresenceIn(status.GetProperty("status"), "presences") ?? PresenceIn(gone, "joins");
        if (!gone.TryGetProperty("leaves", out _)) gone = await follower.ReceiveAsync("status_presence_event");

        Assert.Equal(ben.UserId, isThere);
        Assert.Equal(ben.UserId, PresenceIn(gone, "leaves"));
    }

    [Theory]
    [InlineData("/ws?format=json&token=", "", "{JOIN}")]
    [InlineData("/signalr?access_token=", HubHandshake, "{\"type\":1,\"target\":\"ChannelJoin\",\"arguments\":[\"ROOM\",1,false,false]}\u001e")]
    public async Task Who_does_not_read_is_cut_off_and_the_others_miss_nothing(string target, string first, string joining)
    {
        await using var server = await TestServer.StartAsync();
        var (anna, ben, slow) = (await server.AuthenticateAsync(), await server.AuthenticateAsync(), await server.AuthenticateAsync());
        await using var speaker = await server.OpenSocketAsync(anna);
        await using var listener = await server.OpenSocketAsync(ben);
        using var sleeper = await server.ConnectAsync();
        await OpenAsync(sleeper, target + slow.Token);
        if (first.Length > 0) await SendTextAsync(sleeper, first);
        var room = Unique.Name("room");
        var join = $$"""
            "channel_join":{"target":"{{room}}","type":1,"persistence":false,"hidden":false}
            """;
        await listener.AskAsync(join);
        var channel = (await speaker.AskAsync(join)).GetProperty("channel").GetProperty("id").GetString();
        await SendTextAsync(sleeper, joining.Replace("JOIN", join, StringComparison.Ordinal).Replace("ROOM", room, StringComparison.Ordinal));
        while (PresenceIn(await listener.ReceiveAsync("channel_presence_event"), "joins") != slow.UserId)
        {
            // The speaker's own join.
        }

        var heard = HearAsync(listener, slow.UserId);
        var content = JsonSerializer.Serialize(new { text = new string('x', 3000) }).Replace("\"", "\\\"", StringComparison.Ordinal);
        var sent = 0;
        while (!heard.IsCompleted && sent < 20_000)
        {
            var ack = await speaker.AskAsync($$"""
                "channel_message_send":{"channel_id":"{{channel}}","content":"{{content}}"}
                """);
            Assert.True(ack.TryGetProperty("channel_message_ack", out _), ack.ToString());
            sent++;
        }

        // One more message marks the end for the listener.
        await speaker.AskAsync($$"""
            "channel_message_send":{"channel_id":"{{channel}}","content":"{\"end\":true}"}
            """);
        var (before, wasTold) = await heard.WaitAsync(Patience);
        var after = await HearToTheEndAsync(listener);

        Assert.True(wasTold);
        Assert.Equal(sent, before + after);
    }

    private static async Task<(int Messages, bool WasTold)> HearAsync(TestSocket listener, Guid leaver)
    {
        for (var messages = 0; ;)
        {
            var envelope = await listener.ReceiveAsync();
            if (envelope.TryGetProperty("channel_message", out _)) messages++;
            else if (envelope.TryGetProperty("channel_presence_event", out var change) && change.TryGetProperty("leaves", out _))
                return (messages, PresenceIn(change, "leaves") == leaver);
        }
    }

    private static async Task<int> HearToTheEndAsync(TestSocket listener)
    {
        for (var messages = 0; ; messages++)
        {
            var message = await listener.ReceiveAsync("channel_message");
            if (message.GetProperty("content").GetString()!.Contains("end", StringComparison.Ordinal)) return messages;
        }
    }

    private static Guid? PresenceIn(JsonElement change, string list) =>
        change.TryGetProperty(list, out var presences) && presences.GetArrayLength() > 0
            ? presences[0].GetProperty("user_id").GetGuid()
            : null;

    /// <summary>Opens a WebSocket manually and reads only the head of the response.</summary>
    private static async Task OpenAsync(System.Net.Sockets.TcpClient client, string target)
    {
        client.ReceiveBufferSize = 4096;
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var head = new byte[12];
        await stream.ReadExactlyAsync(head);
        Assert.Equal("HTTP/1.1 101", Encoding.ASCII.GetString(head));
    }

    private static async Task SendTextAsync(System.Net.Sockets.TcpClient client, string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        // A mask of zeros is valid.
        await client.GetStream().WriteAsync((byte[])[0x81, 0xfe, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload]);
    }
}
