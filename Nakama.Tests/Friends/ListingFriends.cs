using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Friends;

/// <summary>The lists of friends, and of the friends of friends.</summary>
public sealed class ListingFriends(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Friends_come_first_then_invitations_then_blocks_each_in_the_order_they_came_to_be()
    {
        var players = await Server.PlayersAsync(7);
        var anna = players[0];
        await Server.BlockAsync(anna, players[1]);
        await Server.AddAsync(players[2], anna);
        await Server.AddAsync(anna, players[3]);
        await Server.AddAsync(players[4], anna);
        await Server.BefriendAsync(players[5], anna);
        await Server.BefriendAsync(anna, players[6]);

        var all = (await Server.AsAsync(anna.Token, "GET /v2/friend")).Ok().Body;
        var received = (await Server.AsAsync(anna.Token, "GET /v2/friend?state=2")).Ok().Body;

        int[] order = [5, 6, 3, 2, 4, 1];
        Assert.Equal(order.Select(i => players[i].UserId.ToString()), Names(all, "id"));
        Assert.Equal([0, 0, 1, 2, 2, 3], all.List("friends").Select(friend => friend.GetProperty("state").GetInt32()));
        Assert.Equal(new[] { players[2], players[4] }.Select(player => player.Username), Names(received, "username"));
        Assert.False(all.TryGetProperty("cursor", out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Pages_of_any_size_show_everyone_once(int limit)
    {
        var players = await Server.PlayersAsync(8);
        var anna = players[0];
        await Server.BefriendAsync(anna, players[1..4]);
        await Server.AddAsync(anna, players[4..6]);
        await Server.BlockAsync(anna, players[6..]);

        var seen = await PagesAsync(anna, "friend", limit, friend => friend.GetProperty("user").Text("id"), "friends");

        Assert.Equal(Names((await Server.AsAsync(anna.Token, "GET /v2/friend")).Body, "id"), seen);
        Assert.Equal(7, seen.Count);
    }

    [Fact]
    public async Task Who_has_a_status_is_online_and_nobody_shows_a_count_of_edges()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        await Server.BefriendAsync(anna, ben);
        await using var socket = await Server.OpenSocketAsync(ben, status: true);
        await socket.AskAsync("\"ping\":{}");

        var friend = (await Server.AsAsync(anna.Token, "GET /v2/friend")).Ok().Body.List("friends").Single();

        Assert.Equal("True", friend.GetProperty("user").Text("online"));
        Assert.False(friend.GetProperty("user").TryGetProperty("edge_count", out _));
        Assert.NotEqual("", friend.Text("update_time"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Friends_of_all_friends_are_found_page_by_page_once_for_each_friend_between(int limit)
    {
        var players = await Server.PlayersAsync(8);
        var anna = players[0];
        var between = players[1..4];
        await Server.BefriendAsync(anna, between);
        await Server.BefriendAsync(players[4], between);
        await Server.BefriendAsync(players[1], players[2], players[5]);
        await Server.BefriendAsync(players[3], players[6]);
        await Server.AddAsync(players[3], players[7]);
        await Server.BlockAsync(anna, players[6]);

        var seen = await PagesAsync(
            anna, "friend/friends", limit, found => found.Text("referrer") + found.GetProperty("user").Text("id"), "friends_of_friends");

        var expected = new[] { (1, 4), (2, 4), (3, 4), (1, 5), (3, 6) }.Select(pair => $"{players[pair.Item1].UserId}{players[pair.Item2].UserId}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen);
    }

    private async Task<List<string>> PagesAsync(
        TestPlayer player, string path, int limit, Func<System.Text.Json.JsonElement, string> name, string list)
    {
        List<string> seen = [];
        for (var cursor = ""; ;)
        {
            var page = (await Server.AsAsync(player.Token, $"GET /v2/{path}?limit={limit}&cursor={cursor}")).Ok().Body;
            var found = page.List(list).Select(name).ToList();
            Assert.InRange(found.Count, 1, limit);
            seen.AddRange(found);
            cursor = page.Text("cursor");
            if (cursor.Length == 0) return seen;
        }
    }

    private static IEnumerable<string> Names(System.Text.Json.JsonElement page, string property) =>
        page.List("friends").Select(friend => friend.GetProperty("user").Text(property));
}
