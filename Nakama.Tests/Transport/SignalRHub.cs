using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Sessions;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Transport;

/// <summary>The hub, talked to by the usual JavaScript client on one side and a WebSocket on the other.</summary>
public sealed class SignalRHub(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    [Theory]
    [InlineData("WebSockets")]
    [InlineData("ServerSentEvents")]
    [InlineData("LongPolling")]
    public async Task A_hub_client_and_a_socket_client_talk_in_one_room(string transport)
    {
        await NodeScripts.InstalledAsync();
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await using var socket = await _server.OpenSocketAsync(anna);
        var channel = await socket.JoinAsync(Unique.Name());

        var script = NodeScripts.RunAsync("signalr.js", _server.Http.BaseAddress!.ToString().TrimEnd('/'), ben.Token, channel[4..], transport);
        var heard = await socket.ReceiveAsync("channel_message");
        await socket.SayAsync(channel, """{"from":"socket"}""");
        using var told = JsonDocument.Parse(await script);
        var story = told.RootElement;

        Assert.Equal(("""{"from":"hub"}""", ben.UserId.ToString()), (heard.Text("content"), heard.Text("sender_id")));
        Assert.Equal(channel, story.GetProperty("channel").Text("id"));
        Assert.Equal(anna.UserId.ToString(), story.GetProperty("channel").GetProperty("presences")[0].Text("user_id"));
        Assert.Equal((heard.Text("message_id"), 0), (story.GetProperty("ack").Text("message_id"), story.GetProperty("ack").GetProperty("code").GetInt32()));
        Assert.Contains("ChannelMessage", story.GetProperty("before").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(anna.UserId.ToString(), story.GetProperty("heard").Text("sender_id"));
        Assert.Equal((1, 2), (story.GetProperty("updated").GetProperty("code").GetInt32(), story.GetProperty("removed").GetProperty("code").GetInt32()));
        Assert.Equal(ben.Username, story.GetProperty("status").GetProperty("joins")[0].Text("username"));
        Assert.Equal("{}|{}", story.GetProperty("follow").GetRawText() + "|" + story.GetProperty("pong").GetRawText());
        Assert.Equal(
            ["Invalid channel target", "Must join channel before sending messages", "Invalid user identifier"],
            story.GetProperty("refusals").EnumerateArray().Select(refusal => refusal.Text("message")));
        Assert.All(story.GetProperty("refusals").EnumerateArray(), refusal => Assert.Equal(3, refusal.GetProperty("code").GetInt32()));
    }

    [Theory]
    [InlineData("/signalr/negotiate")]
    [InlineData("/signalr")]
    public async Task Without_a_valid_token_there_is_no_hub(string path)
    {
        using var response = await _server.Http.PostAsync(path + "?negotiateVersion=1&access_token=bad", null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Missing or invalid token\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_hub_session_closed_by_the_server_gets_the_last_words_and_the_reason()
    {
        var ben = await _server.AuthenticateAsync();
        await using var hub = await HubSocket.OpenAsync(_server, ben);
        await hub.SendAsync("""{"type":1,"invocationId":"1","target":"Ping","arguments":[]}""");
        var pong = await hub.ReceiveAsync(3);

        _server.Services.GetRequiredService<SessionRegistry>().DisconnectUser(ben.UserId, Guid.Empty);
        var closed = await hub.ReceiveAsync(7);

        Assert.Equal("1", pong.Text("invocationId"));
        Assert.Equal("server-side session disconnect", closed.Text("error"));
    }

    [Theory]
    [InlineData("MatchLeave", "[null]", """{"code":3,"message":"Invalid match ID"}""")]
    [InlineData("ChannelMessageSend", "[null,null]", """{"code":3,"message":"Invalid channel identifier"}""")]
    [InlineData("StatusFollow", "[[null],null]", """{"code":3,"message":"Invalid arguments"}""")]
    [InlineData("MatchJoin", """["x",null,{"a":null}]""", """{"code":3,"message":"Invalid arguments"}""")]
    public async Task Nulls_where_none_are_meant_are_refused_like_on_a_socket(string method, string arguments, string refusal)
    {
        await using var hub = await HubSocket.OpenAsync(_server, await _server.AuthenticateAsync());
        await hub.SendAsync($$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":{{arguments}}}""");

        Assert.EndsWith(refusal, (await hub.ReceiveAsync(3)).Text("error"), StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Log.Lines, line => line.Error is not null);
    }

    [Fact]
    public async Task A_stream_of_the_client_with_a_bad_item_ends_its_call_and_nothing_else()
    {
        await using var hub = await HubSocket.OpenAsync(_server, await _server.AuthenticateAsync());
        await hub.SendAsync("""{"type":1,"invocationId":"1","target":"MatchDataUpload","arguments":["x"],"streamIds":["s"]}""");
        await hub.SendAsync("""{"type":2,"invocationId":"s","item":{"opCode":[]}}""");
        var upload = await hub.ReceiveAsync(3);
        await hub.SendAsync("""{"type":1,"invocationId":"2","target":"Ping","arguments":[]}""");

        Assert.Equal("1", upload.Text("invocationId"));
        Assert.NotEmpty(upload.Text("error"));
        Assert.Equal("2", (await hub.ReceiveAsync(3)).Text("invocationId"));
        Assert.DoesNotContain(_server.Log.Lines, line => line.Error is not null);
    }
}
