using System.Text.Json;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Status;

/// <summary>Following users and setting one's own status.</summary>
public sealed class FollowingStatus(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    [Fact]
    public async Task Opening_a_socket_online_tells_all_sockets_of_the_user()
    {
        var anna = await _server.AuthenticateAsync();
        await using var first = await _server.OpenSocketAsync(anna);
        await using var second = await _server.OpenSocketAsync(anna, status: true);

        var seen = await first.ReceiveAsync("status_presence_event");
        var own = await second.ReceiveAsync("status_presence_event");

        Assert.Equal(seen.GetRawText(), own.GetRawText());
        Assert.Equal(("", anna.Username), (seen.GetProperty("joins")[0].GetProperty("status").GetString(), seen.GetProperty("joins")[0].Text("username")));
    }

    [Fact]
    public async Task Following_by_id_and_name_shows_who_is_online_and_what_happens_next()
    {
        var (anna, ben, cara) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await using var follower = await _server.OpenSocketAsync(anna);
        await using var online = await _server.OpenSocketAsync(ben, status: true);
        await online.ReceiveAsync("status_presence_event");

        var status = (await follower.AskAsync($$"""
            "status_follow":{"user_ids":["{{ben.UserId}}","{{ben.UserId.ToString("N").ToUpperInvariant()}}","{{cara.UserId}}"],"usernames":["{{ben.Username}}"]}
            """)).GetProperty("status");
        await online.AskAsync("\"status_update\":{\"status\":\"busy\"}");
        var changed = await follower.ReceiveAsync("status_presence_event");
        await online.AskAsync("\"status_update\":{}");
        var offline = await follower.ReceiveAsync("status_presence_event");

        Assert.Equal(ben.UserId.ToString(), Assert.Single(status.GetProperty("presences").EnumerateArray()).Text("user_id"));
        Assert.Equal("busy", Assert.Single(changed.GetProperty("joins").EnumerateArray()).Text("status"));
        Assert.Equal("", Assert.Single(changed.GetProperty("leaves").EnumerateArray()).GetProperty("status").GetString());
        Assert.Equal(["leaves"], offline.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task The_same_status_again_is_still_news()
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync(), status: true);
        await socket.ReceiveAsync("status_presence_event");

        await socket.SendAsync("{\"status_update\":{\"status\":\"\"}}");
        var again = await socket.ReceiveAsync("status_presence_event");

        Assert.Equal(["joins", "leaves"], again.EnumerateObject().Select(member => member.Name).Order());
    }

    [Fact]
    public async Task A_follower_hears_when_the_connection_ends_and_nothing_after_unfollowing()
    {
        var (anna, ben, cara) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await using var follower = await _server.OpenSocketAsync(anna);
        await using var online = await _server.OpenSocketAsync(ben, status: true);
        await using var other = await _server.OpenSocketAsync(cara, status: true);
        await online.ReceiveAsync("status_presence_event");
        await other.ReceiveAsync("status_presence_event");
        await follower.AskAsync($$"""
            "status_follow":{"user_ids":["{{ben.UserId}}","{{cara.UserId}}"]}
            """);

        await online.CloseAsync();
        var gone = await follower.ReceiveAsync("status_presence_event");
        await follower.AskAsync($$"""
            "status_unfollow":{"user_ids":["{{cara.UserId}}","{{anna.UserId}}"]}
            """);
        await other.SendAsync("{\"status_update\":{\"status\":\"unheard\"}}");
        await other.ReceiveAsync("status_presence_event");
        await follower.SendAsync("{\"status_update\":{\"status\":\"own\"}}");
        var next = await follower.ReceiveAsync("status_presence_event");

        Assert.Equal(ben.UserId.ToString(), Assert.Single(gone.GetProperty("leaves").EnumerateArray()).Text("user_id"));
        Assert.Equal("own", Assert.Single(next.GetProperty("joins").EnumerateArray()).Text("status"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"user_ids":["11111111-1111-4111-8111-111111111111","00000000-0000-0000-0000-000000000000"]}""")]
    [InlineData("""{"usernames":["nobody at all"]}""")]
    public async Task Following_nobody_answers_nothing(string follow)
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync());

        Assert.Empty((await socket.AskAsync($"\"status_follow\":{follow}")).GetProperty("status").EnumerateObject());
    }

    [Theory]
    [InlineData("\"status_follow\":{\"user_ids\":[\"bad\"]}", "Invalid user identifier")]
    [InlineData("\"status_follow\":{\"usernames\":[\"\"]}", "Invalid username")]
    [InlineData("\"status_unfollow\":{\"user_ids\":[\"bad\"]}", "Invalid user identifier")]
    public async Task Other_names_are_refused(string message, string text)
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync());

        Assert.Equal((3, text), await socket.RefusalAsync(message));
    }

    [Fact]
    public async Task A_status_is_limited_in_bytes()
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync());

        var fits = await socket.AskAsync($"\"status_update\":{{\"status\":{JsonSerializer.Serialize(new string('x', 2048))}}}");
        var refusal = await socket.RefusalAsync($"\"status_update\":{{\"status\":\"{new string('ä', 1025)}\"}}");

        Assert.False(fits.TryGetProperty("error", out _));
        Assert.Equal((3, "Status must be 2048 characters or less"), refusal);
    }
}
