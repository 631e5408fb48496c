using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Friends;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Friends;

/// <summary>What adding, deleting and blocking make of what two players are to each other.</summary>
public sealed class ChangingFriends(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData("-/-", "add", "1/2", -2)]
    [InlineData("-/-", "delete", "-/-", 0)]
    [InlineData("-/-", "block", "3/-", 0)]
    [InlineData("1/2", "add", "1/2", 0)]
    [InlineData("1/2", "delete", "-/-", -9)]
    [InlineData("1/2", "block", "3/-", 0)]
    [InlineData("2/1", "add", "0/0", -3)]
    [InlineData("2/1", "delete", "-/-", -9)]
    [InlineData("2/1", "block", "3/-", 0)]
    [InlineData("0/0", "add", "0/0", 0)]
    [InlineData("0/0", "delete", "-/-", -9)]
    [InlineData("0/0", "block", "3/-", 0)]
    [InlineData("3/-", "add", "3/-", 0)]
    [InlineData("3/-", "delete", "-/-", 0)]
    [InlineData("3/-", "block", "3/-", 0)]
    [InlineData("-/3", "add", "-/3", 0)]
    [InlineData("-/3", "delete", "-/3", 0)]
    [InlineData("-/3", "block", "3/3", 0)]
    [InlineData("3/3", "add", "3/3", 0)]
    [InlineData("3/3", "delete", "-/3", 0)]
    [InlineData("3/3", "block", "3/3", 0)]
    public async Task Each_deed_leads_from_each_state_to_one_and_tells_the_other_or_not(string before, string deed, string after, int notified)
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        await ReachAsync(anna, ben, before);
        var known = (await Server.NotifiedAsync(ben)).Count;

        (deed switch
        {
            "add" => await Server.AddAsync(anna, ben),
            "delete" => await Server.DeleteAsync(anna, ben),
            _ => await Server.BlockAsync(anna, ben),
        }).Ok();

        Assert.Equal(after, await Server.EdgesAsync(anna, ben));
        Assert.Equal(notified == 0 ? [] : [notified], (await Server.NotifiedAsync(ben)).Skip(known));
        await Server.EdgesAreSoundAsync(anna, ben);
    }

    [Fact]
    public async Task An_invitation_reaches_open_sockets_with_the_name_of_the_one_who_invites()
    {
        var (anna, ben) = (await Server.AuthenticateAsync("\"anna\" <" + Unique.Name()), await Server.AuthenticateAsync());
        await using var socket = await Server.OpenSocketAsync(ben);
        await socket.AskAsync("\"ping\":{}");

        (await Server.AddAsync(anna, ben)).Ok();
        var told = (await socket.ReceiveAsync("notifications")).GetProperty("notifications")[0];

        Assert.Equal((anna.Username + " wants to add you as a friend", anna.UserId.ToString()), (told.Text("subject"), told.Text("sender_id")));
        Assert.Equal(anna.Username, System.Text.Json.JsonDocument.Parse(told.Text("content")).RootElement.Text("username"));
    }

    [Fact]
    public async Task Several_are_added_at_once_by_id_and_by_name_and_nobody_twice()
    {
        var players = await Server.PlayersAsync(4);
        var (anna, others) = (players[0], players[1..]);

        (await Server.AsAsync(anna.Token, $"POST /v2/friend?{FriendTable.Ids([others[0], others[1], others[0]])}&ids={Guid.NewGuid()}"
            + $"&usernames={others[1].Username}&usernames={others[2].Username}&usernames=nobody")).Ok();

        foreach (var other in others)
        {
            Assert.Equal("1/2", await Server.EdgesAsync(anna, other));
            Assert.Equal([-2], await Server.NotifiedAsync(other));
        }
        await Server.EdgesAreSoundAsync(players);
    }

    [Fact]
    public async Task Metadata_stays_with_the_one_who_wrote_it()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());

        (await Server.AsAsync(anna.Token, $"POST /v2/friend?ids={ben.UserId}&metadata={{\"a\":1}}")).Ok();
        (await Server.AsAsync(anna.Token, $"POST /v2/friend?ids={ben.UserId}&metadata={{\"again\":1}}")).Ok();
        (await Server.AsAsync(ben.Token, $"POST /v2/friend?ids={anna.UserId}&metadata={{\"b\":2}}")).Ok();

        Assert.Equal("""{"a": 1}""", (await Server.AsAsync(anna.Token, "GET /v2/friend")).Body.List("friends").Single().Text("metadata"));
        Assert.Equal("""{"b": 2}""", (await Server.AsAsync(ben.Token, "GET /v2/friend")).Body.List("friends").Single().Text("metadata"));
    }

    [Theory]
    [InlineData("-/-")]
    [InlineData("0/0")]
    [InlineData("3/-")]
    public async Task Metadata_that_is_not_JSON_changes_nothing_whatever_the_two_are(string before)
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        await ReachAsync(anna, ben, before);

        (await Server.AsAsync(anna.Token, $"POST /v2/friend?ids={ben.UserId}&metadata={{nope")).Refused(500, 13, "Error while trying to add friends.");

        Assert.Equal(before, await Server.EdgesAsync(anna, ben));
    }

    [Fact]
    public async Task Blocking_ends_the_direct_channel_of_both_without_a_word()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        await using var first = await Server.OpenSocketAsync(anna);
        await using var second = await Server.OpenSocketAsync(ben);
        var channel = await first.JoinAsync(ben.UserId.ToString(), type: 2);
        await second.JoinAsync(anna.UserId.ToString(), type: 2);

        (await Server.BlockAsync(anna, ben)).Ok();

        var refusal = await second.RefusalAsync(ChatTable.Send(channel, "{}"));
        Assert.Equal((3, "Must join channel before sending messages"), refusal);
        var entry = await second.RefusalAsync($$"""
            "channel_join":{"target":"{{anna.UserId}}","type":2}
            """);
        Assert.Equal((3, "User ID not found: Invalid channel target"), entry);
        Assert.NotEqual("", await first.JoinAsync(ben.UserId.ToString(), type: 2));
    }

    [Fact]
    public async Task A_user_who_is_gone_adds_and_blocks_nobody_and_has_nothing_to_delete()
    {
        var clock = new TestTimeProvider();
        await using var server = await TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var (ghost, ben) = (await server.AuthenticateAsync(), await server.AuthenticateAsync());
        (await server.AsAsync(ghost.Token, "DELETE /v2/account")).Ok();

        (await server.AddAsync(ghost, ben)).Refused(401, 16, "Auth token invalid");
        (await server.BlockAsync(ghost, ben)).Refused(401, 16, "Auth token invalid");
        (await server.DeleteAsync(ghost, ben)).Ok();

        Assert.Empty((await server.AsAsync(ghost.Token, "GET /v2/friend")).Ok().Body.EnumerateObject());
    }

    [Fact]
    public async Task The_server_asks_how_users_stand_and_notes_what_it_likes()
    {
        var players = await Server.PlayersAsync(3);
        await Server.BefriendAsync(players[0], players[1]);
        var store = Server.Services.GetRequiredService<FriendStore>();

        Assert.True(await store.SetMetadataAsync(players[0].UserId, players[1].UserId, """{"set":"by a module"}""", default));
        Assert.False(await store.SetMetadataAsync(players[0].UserId, players[2].UserId, "{}", default));
        var status = Assert.Single(await store.StatusAsync(players[0].UserId, [players[1].UserId, players[2].UserId], default));

        Assert.Equal((players[1].UserId.ToString(), 0, """{"set": "by a module"}"""), (status.User.Id, status.State, status.Metadata));
    }

    /// <summary>Brings two players who are nothing to each other to a state, as players would.</summary>
    private async Task ReachAsync(TestPlayer anna, TestPlayer ben, string state)
    {
        if (state is "1/2" or "0/0") (await Server.AddAsync(anna, ben)).Ok();
        if (state is "2/1" or "0/0") (await Server.AddAsync(ben, anna)).Ok();
        if (state is "3/-" or "3/3") (await Server.BlockAsync(anna, ben)).Ok();
        if (state is "-/3" or "3/3") (await Server.BlockAsync(ben, anna)).Ok();
        Assert.Equal(state, await Server.EdgesAsync(anna, ben));
    }
}
