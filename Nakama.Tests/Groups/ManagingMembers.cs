using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Groups;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.Friends;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Groups;

/// <summary>What those who run a group may do with whom.</summary>
public sealed class ManagingMembers(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    private GroupActions Actions => Server.Services.GetRequiredService<GroupActions>();

    [Theory]
    // By a superadmin: to another superadmin, an admin, a member, one who asked, one who is banned, a stranger.
    [InlineData(0, "kick", "-/- -/- -/- -/- -/- -/-")]
    [InlineData(0, "ban", "4/- 4/- 4/- 4/- 4/- -/-")]
    [InlineData(0, "promote", "0/0 0/0 1/1 3/3 4/- -/-")]
    [InlineData(0, "demote", "1/1 2/2 2/2 3/3 4/- -/-")]
    [InlineData(0, "add", "0/0 1/1 2/2 2/2 4/- 2/2")]
    [InlineData(1, "kick", "0/0 1/1 -/- -/- -/- -/-")]
    [InlineData(1, "ban", "0/0 1/1 4/- 4/- 4/- -/-")]
    [InlineData(1, "promote", "0/0 1/1 1/1 3/3 4/- -/-")]
    [InlineData(1, "demote", "0/0 2/2 2/2 3/3 4/- -/-")]
    [InlineData(1, "add", "0/0 1/1 2/2 2/2 4/- 2/2")]
    public async Task Each_deed_reaches_as_far_as_the_rank_of_the_one_who_does_it(int rank, string deed, string expected)
    {
        var players = await Server.PlayersAsync(8);
        var (owner, admin, others) = (players[0], players[1], players[2..]);
        var group = await Server.CreateGroupAsync(owner, open: false);
        await Server.ManageAsync(owner, "add", group, admin, others[0], others[1], others[2], others[4]);
        await Server.ManageAsync(owner, "promote", group, admin, others[0], others[1]);
        await Server.ManageAsync(owner, "promote", group, others[0]);
        await Server.JoinGroupAsync(others[3], group);
        await Server.ManageAsync(owner, "ban", group, others[4]);

        // A ban of a stranger would be refused with all the others.
        (await Server.ManageAsync(rank == 0 ? owner : admin, deed, group, deed == "ban" ? others[..5] : others)).Ok();

        List<string> states = [];
        foreach (var other in others) states.Add(await Server.MembershipAsync(group, other));
        Assert.Equal(expected, string.Join(' ', states));
        Assert.Equal(("0/0", "1/1"), (await Server.MembershipAsync(group, owner), await Server.MembershipAsync(group, admin)));
        await Server.GroupIsSoundAsync(group);
    }

    [Theory]
    [InlineData("add")]
    [InlineData("kick")]
    [InlineData("ban")]
    [InlineData("promote")]
    [InlineData("demote")]
    public async Task Members_askers_strangers_and_unknown_groups_are_refused_alike(string deed)
    {
        var players = await Server.PlayersAsync(5);
        var group = await Server.StaffedGroupAsync(players[..3], open: false);
        await Server.JoinGroupAsync(players[3], group);

        foreach (var other in players[2..])
            (await Server.ManageAsync(other, deed, group, players[1])).Refused(404, 5, "Group not found or permission denied.");
        (await Server.ManageAsync(players[0], deed, Guid.NewGuid(), players[1])).Refused(404, 5, "Group not found or permission denied.");

        Assert.Equal("1/1", await Server.MembershipAsync(group, players[1]));
    }

    [Fact]
    public async Task All_are_added_or_nobody()
    {
        var players = await Server.PlayersAsync(5);
        var group = await Server.CreateGroupAsync(players[0], maxCount: 3);

        (await Server.ManageAsync(players[0], "add", group, players[1..4])).Refused(400, 3, "Group is full.");
        (await Server.AsAsync(players[0].Token, $"POST /v2/group/{group}/add?user_ids={players[1].UserId}&user_ids={Guid.NewGuid()}"))
            .Refused(400, 3, "One or more users not found.");
        Assert.Equal("-/-", await Server.MembershipAsync(group, players[1]));
        Assert.Empty(await Server.NotifiedAsync(players[1]));
        (await Server.ManageAsync(players[0], "add", group, players[1], players[2], players[1], players[0])).Ok();

        Assert.Equal([-4], await Server.NotifiedAsync(players[1]));
        await Server.GroupIsSoundAsync(group);
    }

    [Fact]
    public async Task Everyone_named_is_banned_and_lifted_by_a_kick()
    {
        var players = await Server.PlayersAsync(4);
        var group = await Server.CreateGroupAsync(players[0]);
        await Server.ManageAsync(players[0], "add", group, players[1..]);

        (await Server.ManageAsync(players[0], "ban", group, players[1..])).Ok();
        foreach (var banned in players[1..])
        {
            Assert.Equal("4/-", await Server.MembershipAsync(group, banned));
            (await Server.JoinGroupAsync(banned, group)).Ok();
            Assert.Empty((await Server.AsAsync(banned.Token, $"GET /v2/user/{banned.UserId}/group?state=4")).Ok().Body.EnumerateObject());
        }
        var list = (await Server.AsAsync(players[1].Token, $"GET /v2/group/{group}/user?state=4")).Ok().Body;
        Assert.Equal(3, list.List("group_users").Count());
        (await Server.ManageAsync(players[0], "kick", group, players[1])).Ok();
        (await Server.JoinGroupAsync(players[1], group)).Ok();

        Assert.Equal("2/2", await Server.MembershipAsync(group, players[1]));
        await Server.GroupIsSoundAsync(group);
    }

    [Fact]
    public async Task Who_is_nothing_to_a_group_cannot_be_banned_and_then_nobody_is()
    {
        const string NotMembers = "One or more users are not members of the group.";
        var players = await Server.PlayersAsync(3);
        var group = await Server.CreateGroupAsync(players[0]);
        await Server.ManageAsync(players[0], "add", group, players[1]);

        (await Server.ManageAsync(players[0], "ban", group, players[2])).Refused(400, 3, NotMembers);
        (await Server.ManageAsync(players[0], "ban", group, players[1], players[2])).Refused(400, 3, NotMembers);
        Assert.Equal(("2/2", "-/-"), (await Server.MembershipAsync(group, players[1]), await Server.MembershipAsync(group, players[2])));
        (await Server.ManageAsync(players[0], "ban", group, players[0], players[1])).Ok();
        (await Server.ManageAsync(players[0], "ban", group, players[1])).Ok();

        Assert.Equal("4/-", await Server.MembershipAsync(group, players[1]));
        await Server.GroupIsSoundAsync(group);
    }

    [Fact]
    public async Task Who_is_named_twice_rises_and_falls_twice()
    {
        var players = await Server.PlayersAsync(2);
        var group = await Server.CreateGroupAsync(players[0]);
        await Server.ManageAsync(players[0], "add", group, players[1]);

        (await Server.ManageAsync(players[0], "promote", group, players[1], players[1], players[1])).Ok();
        Assert.Equal("0/0", await Server.MembershipAsync(group, players[1]));
        (await Server.ManageAsync(players[0], "demote", group, players[1], players[1])).Ok();

        Assert.Equal("2/2", await Server.MembershipAsync(group, players[1]));
        Assert.Equal(5, await Server.CountAsync("message WHERE stream_subject = $1", group));
    }

    [Fact]
    public async Task The_system_may_all_but_remove_the_last_superadmin()
    {
        var players = await Server.PlayersAsync(3);
        var group = await Server.StaffedGroupAsync(players);
        Guid[] all = [.. players.Select(player => player.UserId)];
        await Actions.PromoteUsersAsync(Guid.Empty, group, [all[1]], default);

        await Actions.DemoteUsersAsync(Guid.Empty, group, all[..2], default);
        Assert.Equal(("1/1", "0/0"), (await Server.MembershipAsync(group, players[0]), await Server.MembershipAsync(group, players[1])));
        await Actions.KickUsersAsync(Guid.Empty, group, all, default);
        Assert.Equal(("-/-", "0/0"), (await Server.MembershipAsync(group, players[0]), await Server.MembershipAsync(group, players[1])));
        await Actions.BanUsersAsync(Guid.Empty, group, [all[1]], default);

        Assert.Equal("0/0", await Server.MembershipAsync(group, players[1]));
        await Actions.AddUsersAsync(Guid.Empty, group, all, default);
        await Server.GroupIsSoundAsync(group);
        var added = (await Server.AsAsync(players[0].Token, "GET /v2/notification?limit=10")).Body.List("notifications").Last();
        Assert.Equal(("-4", ""), (added.Text("code"), added.Text("sender_id")));
    }

    [Fact]
    public async Task A_long_name_of_a_group_fits_into_the_subject()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var name = Unique.Name("g") + string.Concat(Enumerable.Repeat("🙂", 235));
        var group = await Server.CreateGroupAsync(anna, name: name);

        (await Server.ManageAsync(anna, "add", group, ben)).Ok();

        var told = (await Server.AsAsync(ben.Token, "GET /v2/notification")).Body.List("notifications").Single();
        Assert.StartsWith("You've been added to group g", told.Text("subject"), StringComparison.Ordinal);
        Assert.EndsWith("🙂", told.Text("subject"), StringComparison.Ordinal);
        Assert.Contains(name, told.Text("content"), StringComparison.Ordinal);
    }
}
