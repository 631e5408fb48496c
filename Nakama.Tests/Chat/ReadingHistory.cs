using System.Text.Json;
using Nakama.Server.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Chat;

/// <summary>Pages of a channel's history, in both directions.</summary>
public sealed class ReadingHistory(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    [Fact]
    public async Task Pages_lead_forward_and_back_through_every_message_once()
    {
        var (anna, channel, _) = await FiveMessagesAsync();

        var first = await PageAsync(anna, channel, "limit=2");
        var second = await PageAsync(anna, channel, "limit=2&cursor=" + first.Text("next_cursor"));
        var third = await PageAsync(anna, channel, "limit=2&cursor=" + second.Text("next_cursor"));
        var back = await PageAsync(anna, channel, "limit=2&cursor=" + third.Text("prev_cursor"));
        var start = await PageAsync(anna, channel, "limit=2&cursor=" + back.Text("prev_cursor"));

        Assert.Equal("0,1|2,3|4|2,3|0,1", string.Join('|', Numbers(first), Numbers(second), Numbers(third), Numbers(back), Numbers(start)));
        Assert.Equal("", first.Text("prev_cursor") + third.Text("next_cursor") + start.Text("prev_cursor"));
        Assert.Equal(Numbers(second), Numbers(await PageAsync(anna, channel, "limit=2&cursor=" + start.Text("next_cursor"))));
    }

    [Fact]
    public async Task Pages_lead_backward_and_forth_again()
    {
        var (anna, channel, _) = await FiveMessagesAsync();

        var first = await PageAsync(anna, channel, "limit=2&forward=false");
        var second = await PageAsync(anna, channel, "limit=2&forward=false&cursor=" + first.Text("next_cursor"));
        var third = await PageAsync(anna, channel, "limit=2&forward=false&cursor=" + second.Text("next_cursor"));
        var back = await PageAsync(anna, channel, "limit=2&forward=false&cursor=" + second.Text("prev_cursor"));

        Assert.Equal("4,3|2,1|0|4,3", string.Join('|', Numbers(first), Numbers(second), Numbers(third), Numbers(back)));
        Assert.Equal("", third.Text("next_cursor") + back.Text("prev_cursor"));
    }

    [Fact]
    public async Task A_kept_cursor_waits_for_what_is_said_later()
    {
        var (anna, channel, socket) = await FiveMessagesAsync();
        var kept = (await PageAsync(anna, channel, "limit=100")).Text("cacheable_cursor");

        var nothing = await PageAsync(anna, channel, "limit=5&cursor=" + kept);
        await socket.SayAsync(channel, """{"n":5}""");
        var something = await PageAsync(anna, channel, "limit=5&cursor=" + nothing.Text("cacheable_cursor"));

        Assert.Equal(["cacheable_cursor"], nothing.EnumerateObject().Select(member => member.Name));
        Assert.Equal("5", Numbers(something));
    }

    [Fact]
    public async Task A_kept_cursor_of_a_backward_page_goes_on_from_its_oldest_message()
    {
        var (anna, channel, _) = await FiveMessagesAsync();
        var kept = (await PageAsync(anna, channel, "limit=2&forward=false")).Text("cacheable_cursor");

        Assert.Equal("4", Numbers(await PageAsync(anna, channel, "limit=5&forward=true&cursor=" + kept)));
    }

    [Fact]
    public async Task An_empty_history_has_not_even_a_cursor()
    {
        var (status, body) = await _server.RequestAsync(await _server.AuthenticateAsync(), $"/v2/channel/2...{Unique.Name()}?limit=3");

        Assert.Equal(200, status);
        Assert.Empty(body.EnumerateObject());
    }

    [Fact]
    public async Task Cursors_of_another_direction_or_channel_and_other_texts_are_refused()
    {
        var (anna, channel, _) = await FiveMessagesAsync();
        var cursor = (await PageAsync(anna, channel, "limit=2")).Text("next_cursor");

        foreach (var path in new[] { $"{channel}?forward=false&cursor={cursor}", $"2...other?cursor={cursor}", $"{channel}?cursor=bad" })
        {
            var (status, body) = await _server.RequestAsync(anna, "/v2/channel/" + path);
            Assert.Equal((400, "Cursor is invalid or expired."), (status, body.Text("message")));
        }
    }

    [Theory]
    [InlineData("bad", "Invalid channel ID.")]
    [InlineData("2...", "Invalid channel ID.")]
    [InlineData("2...x?limit=0", "Invalid limit - limit must be between 1 and 100.")]
    [InlineData("2...x?limit=101", "Invalid limit - limit must be between 1 and 100.")]
    [InlineData("3.11111111-1111-4111-8111-111111111111..", "Group not found.")]
    [InlineData("4.11111111-1111-4111-8111-111111111111.22222222-2222-4222-8222-222222222222.", "Channel not found.")]
    public async Task Other_requests_are_refused(string path, string text)
    {
        var (status, body) = await _server.RequestAsync(await _server.AuthenticateAsync(), "/v2/channel/" + path);

        Assert.Equal((400, 3, text), (status, body.GetProperty("code").GetInt32(), body.Text("message")));
    }

    [Fact]
    public async Task Both_sides_of_a_direct_channel_read_it()
    {
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await using var socket = await _server.OpenSocketAsync(anna);
        var channel = await socket.JoinAsync(ben.UserId.ToString(), type: 2);
        await socket.SayAsync(channel, """{"n":1}""");

        var page = await PageAsync(ben, channel, "limit=10");

        Assert.Equal("1", Numbers(page));
        Assert.Equal(ChannelId.Direct(ben.UserId, anna.UserId).Text, channel);
        Assert.Equal(channel.Split('.')[1], page.GetProperty("messages")[0].Text("user_id_one"));
    }

    private async Task<(TestPlayer Anna, string Channel, TestSocket Socket)> FiveMessagesAsync()
    {
        var anna = await _server.AuthenticateAsync();
        var socket = await _server.OpenSocketAsync(anna);
        var channel = await socket.JoinAsync(Unique.Name());
        for (var i = 0; i < 5; i++) await socket.SayAsync(channel, $$"""{"n":{{i}}}""");
        return (anna, channel, socket);
    }

    private async Task<JsonElement> PageAsync(TestPlayer player, string channel, string query) =>
        (await _server.RequestAsync(player, $"/v2/channel/{channel}?{query}")).Body;

    private static string Numbers(JsonElement page) => string.Join(',', page.GetProperty("messages").EnumerateArray()
        .Select(message => JsonDocument.Parse(message.Text("content")).RootElement.GetProperty("n").GetInt32()));
}
