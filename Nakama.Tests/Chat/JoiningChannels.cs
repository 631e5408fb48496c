using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Chat;

/// <summary>Who gets into which channel, and whom he meets there.</summary>
public sealed class JoiningChannels(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    [Theory]
    [InlineData("""{"target":"","type":1}""", "Invalid channel target")]
    [InlineData("""{"target":"x","type":9}""", "Invalid channel type")]
    [InlineData("""{"target":"x","type":-1}""", "Invalid channel type")]
    [InlineData("""{"target":"0123456789012345678901234567890123456789012345678901234567890123x"}""", "Channel name is required and must be 1-64 chars: Invalid channel target")]
    [InlineData("""{"target":"äääääääääääääääääääääääääääääääää"}""", "Channel name is required and must be 1-64 chars: Invalid channel target")]
    [InlineData("""{"target":"a\u0001","type":1}""", "Channel name must not contain control chars: Invalid channel target")]
    [InlineData("""{"target":"a\u007f","type":1}""", "Channel name must not contain control chars: Invalid channel target")]
    [InlineData("""{"target":"ben","type":2}""", "Invalid user ID in direct message join: Invalid channel target")]
    [InlineData("""{"target":"00000000-0000-0000-0000-000000000000","type":2}""", "Invalid user ID in direct message join: Invalid channel target")]
    [InlineData("""{"target":"11111111-1111-4111-8111-111111111111","type":2}""", "User ID not found: Invalid channel target")]
    [InlineData("""{"target":"friends","type":3}""", "Invalid group ID in group channel join: Invalid channel target")]
    [InlineData("""{"target":"11111111-1111-4111-8111-111111111111","type":3}""", "Group not found: Invalid channel target")]
    public async Task Other_targets_are_refused(string join, string text)
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync());

        Assert.Equal((3, text), await socket.RefusalAsync($"\"channel_join\":{join}"));
    }

    [Fact]
    public async Task The_first_in_a_room_meets_nobody_and_the_second_meets_the_first()
    {
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await using var first = await _server.OpenSocketAsync(anna);
        await using var second = await _server.OpenSocketAsync(ben);
        var room = Unique.Name();

        var alone = (await first.AskAsync($$"""
            "channel_join":{"target":"{{room}}"}
            """)).GetProperty("channel");
        var together = (await second.AskAsync($$"""
            "channel_join":{"target":"{{room}}","type":1}
            """)).GetProperty("channel");

        Assert.Equal("2..." + room, alone.Text("id"));
        Assert.Equal(room, alone.Text("room_name"));
        Assert.Equal(anna.Username, alone.GetProperty("self").Text("username"));
        Assert.Equal("True", alone.GetProperty("self").Text("persistence"));
        Assert.False(alone.TryGetProperty("presences", out _));
        Assert.Equal(anna.UserId.ToString(), Assert.Single(together.GetProperty("presences").EnumerateArray()).Text("user_id"));
    }

    [Fact]
    public async Task Everyone_in_a_room_hears_of_joins_and_leaves_but_the_one_who_left()
    {
        await using var first = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        var ben = await _server.AuthenticateAsync();
        await using var second = await _server.OpenSocketAsync(ben);
        var channel = await first.JoinAsync(Unique.Name());
        await first.ReceiveAsync("channel_presence_event");

        await second.JoinAsync(channel[4..]);
        var joined = await first.ReceiveAsync("channel_presence_event");
        await second.AskAsync($$"""
            "channel_leave":{"channel_id":"{{channel}}"}
            """);
        var left = await first.ReceiveAsync("channel_presence_event");

        Assert.Equal(ben.UserId.ToString(), Assert.Single(joined.GetProperty("joins").EnumerateArray()).Text("user_id"));
        Assert.Equal(ben.UserId.ToString(), Assert.Single(left.GetProperty("leaves").EnumerateArray()).Text("user_id"));
        Assert.Equal(channel, left.Text("channel_id"));
        Assert.Equal((3, "Must join channel before sending messages"), await second.RefusalAsync(ChatTable.Send(channel, "{}")));
    }

    [Fact]
    public async Task A_hidden_member_hears_everything_and_is_seen_by_nobody()
    {
        await using var seen = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        await using var hidden = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        await using var late = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        var channel = await seen.JoinAsync(Unique.Name());

        await hidden.JoinAsync(channel[4..], more: ",\"hidden\":true");
        var met = (await late.AskAsync($$"""
            "channel_join":{"target":"{{channel[4..]}}"}
            """)).GetProperty("channel");
        var heard = await hidden.ReceiveAsync("channel_presence_event");
        await hidden.SayAsync(channel, """{"from":"nowhere"}""");
        var events = new List<JsonElement>();
        for (var envelope = await seen.ReceiveAsync(); !envelope.TryGetProperty("channel_message", out _); envelope = await seen.ReceiveAsync())
            events.Add(envelope.GetProperty("channel_presence_event"));

        Assert.Single(met.GetProperty("presences").EnumerateArray());
        Assert.Single(heard.GetProperty("joins").EnumerateArray());
        Assert.Equal(2, events.Sum(happened => happened.GetProperty("joins").GetArrayLength()));
    }

    [Fact]
    public async Task Joining_again_changes_nothing_though_the_answer_shows_what_was_asked_for()
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        var channel = await socket.JoinAsync(Unique.Name(), more: ",\"persistence\":false");

        var again = (await socket.AskAsync($$"""
            "channel_join":{"target":"{{channel[4..]}}","persistence":true}
            """)).GetProperty("channel");
        var ack = await socket.SayAsync(channel, "{}");

        Assert.Equal("True", again.GetProperty("self").Text("persistence"));
        Assert.Equal("", Assert.Single(again.GetProperty("presences").EnumerateArray()).Text("persistence"));
        Assert.Equal("False", ack.Text("persistent"));
    }

    [Fact]
    public async Task Two_sockets_of_one_user_are_two_members()
    {
        var anna = await _server.AuthenticateAsync();
        await using var first = await _server.OpenSocketAsync(anna);
        await using var second = await _server.OpenSocketAsync(anna);
        var channel = await first.JoinAsync(Unique.Name());

        var met = (await second.AskAsync($$"""
            "channel_join":{"target":"{{channel[4..]}}"}
            """)).GetProperty("channel");

        var other = Assert.Single(met.GetProperty("presences").EnumerateArray());
        Assert.Equal(anna.UserId.ToString(), other.Text("user_id"));
        Assert.NotEqual(met.GetProperty("self").Text("session_id"), other.Text("session_id"));
    }

    [Fact]
    public async Task The_first_in_a_direct_channel_calls_the_other_who_finds_the_call_later()
    {
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await using var first = await _server.OpenSocketAsync(anna);
        await using var second = await _server.OpenSocketAsync(ben);

        var channel = await first.JoinAsync(ben.UserId.ToString(), type: 2);
        var live = (await second.ReceiveAsync("notifications")).GetProperty("notifications")[0];
        Assert.Equal(channel, await second.JoinAsync(anna.UserId.ToString(), type: 2));
        var (_, stored) = await _server.RequestAsync(ben, "/v2/notification?limit=10");
        var (_, none) = await _server.RequestAsync(anna, "/v2/notification?limit=10");

        Assert.Equal(anna.Username + " wants to chat", live.Text("subject"));
        Assert.Equal($$"""{"username":"{{anna.Username}}"}""", live.Text("content"));
        Assert.Equal("-1", live.Text("code"));
        Assert.Equal(anna.UserId.ToString(), live.Text("sender_id"));
        Assert.Equal(live.Text("id"), Assert.Single(stored.GetProperty("notifications").EnumerateArray()).Text("id"));
        Assert.False(none.TryGetProperty("notifications", out _));
    }

    [Fact]
    public async Task Who_blocked_the_caller_does_not_exist_for_him()
    {
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await using var command = _server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "INSERT INTO user_edge (source_id, position, destination_id, state) VALUES ($1, 1, $2, 3)");
        command.Parameters.AddWithValue(ben.UserId);
        command.Parameters.AddWithValue(anna.UserId);
        await command.ExecuteNonQueryAsync();
        await using var socket = await _server.OpenSocketAsync(anna);
        await using var other = await _server.OpenSocketAsync(ben);

        Assert.Equal((3, "User ID not found: Invalid channel target"), await socket.RefusalAsync($$"""
            "channel_join":{"target":"{{ben.UserId}}","type":2}
            """));
        Assert.StartsWith("4.", await other.JoinAsync(anna.UserId.ToString(), type: 2));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Only_members_enter_a_groups_channel(int state, bool mayEnter)
    {
        var anna = await _server.AuthenticateAsync();
        var group = Guid.NewGuid();
        await using var command = _server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "INSERT INTO group_edge (source_id, position, destination_id, state) VALUES ($1, 1, $2, $3)");
        command.Parameters.AddWithValue(group);
        command.Parameters.AddWithValue(anna.UserId);
        command.Parameters.AddWithValue((short)state);
        await command.ExecuteNonQueryAsync();
        await using var socket = await _server.OpenSocketAsync(anna);

        var answer = await socket.AskAsync($$"""
            "channel_join":{"target":"{{group}}","type":3}
            """);

        Assert.Equal(mayEnter, answer.TryGetProperty("channel", out _));
        Assert.Equal(mayEnter ? 200 : 400, (await _server.RequestAsync(anna, $"/v2/channel/3.{group}..")).Status);
    }

    [Fact]
    public async Task Leaving_where_one_never_was_is_fine_but_a_name_of_nothing_is_not()
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync());

        var left = await socket.AskAsync("\"channel_leave\":{\"channel_id\":\"2...nowhere\"}");

        Assert.Equal(["cid"], left.EnumerateObject().Select(member => member.Name));
        Assert.Equal((3, "Invalid channel identifier"), await socket.RefusalAsync("\"channel_leave\":{\"channel_id\":\"bad\"}"));
    }
}
