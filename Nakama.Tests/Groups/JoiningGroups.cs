using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.Friends;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Groups;

/// <summary>Players join groups and leave them.</summary>
public sealed class JoiningGroups(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_closed_group_is_asked_and_all_who_run_it_are_told_once()
    {
        var players = await Server.PlayersAsync(4);
        var group = await Server.StaffedGroupAsync(players[..3], open: false);

        (await Server.JoinGroupAsync(players[3], group)).Ok();
        (await Server.JoinGroupAsync(players[3], group)).Ok();

        Assert.Equal("3/3", await Server.MembershipAsync(group, players[3]));
        Assert.Equal([-5], await Server.NotifiedAsync(players[0]));
        Assert.Equal([-4, -5], await Server.NotifiedAsync(players[1]));
        Assert.Equal([-4], await Server.NotifiedAsync(players[2]));
        var told = (await Server.AsAsync(players[0].Token, "GET /v2/notification")).Body.List("notifications").Single();
        Assert.Equal(
            ($"User {players[3].Username} wants to join your group", players[3].UserId.ToString()), (told.Text("subject"), told.Text("sender_id")));
        await Server.GroupIsSoundAsync(group);
    }

    [Fact]
    public async Task A_request_stays_one_when_the_group_opens_until_someone_adds_the_player()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var group = await Server.CreateGroupAsync(anna, open: false);
        await Server.JoinGroupAsync(ben, group);

        (await Server.AsAsync(anna.Token, $"PUT /v2/group/{group}", new { open = true })).Ok();
        (await Server.JoinGroupAsync(ben, group)).Ok();
        Assert.Equal("3/3", await Server.MembershipAsync(group, ben));
        (await Server.ManageAsync(anna, "add", group, ben)).Ok();

        Assert.Equal("2/2", await Server.MembershipAsync(group, ben));
        await Server.GroupIsSoundAsync(group);
    }

    [Fact]
    public async Task A_full_group_is_full_for_everyone_members_and_askers_too()
    {
        var players = await Server.PlayersAsync(3);
        var group = await Server.CreateGroupAsync(players[0], maxCount: 2);
        (await Server.JoinGroupAsync(players[1], group)).Ok();

        (await Server.JoinGroupAsync(players[2], group)).Refused(400, 3, "Group is full.");
        (await Server.JoinGroupAsync(players[1], group)).Refused(400, 3, "Group is full.");
        (await Server.ManageAsync(players[0], "add", group, players[1])).Ok();
        (await Server.ManageAsync(players[0], "add", group, players[2])).Refused(400, 3, "Group is full.");
        (await Server.AsAsync(players[0].Token, $"PUT /v2/group/{group}", new { open = false })).Ok();
        (await Server.JoinGroupAsync(players[2], group)).Refused(400, 3, "Group is full.");

        Assert.Equal("-/-", await Server.MembershipAsync(group, players[2]));
    }

    [Fact]
    public async Task The_last_superadmin_stays_while_others_are_there_and_takes_the_group_along_when_alone()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var group = await Server.CreateGroupAsync(anna);
        await Server.JoinGroupAsync(ben, group);

        (await Server.LeaveGroupAsync(anna, group)).Refused(400, 3, "Cannot leave group when you are the last superadmin.");
        (await Server.LeaveGroupAsync(ben, group)).Ok();
        await Server.GroupIsSoundAsync(group);
        (await Server.LeaveGroupAsync(anna, group)).Ok();

        Assert.Equal(0, await Server.CountAsync("groups WHERE id = $1", group));
        Assert.Equal(0, await Server.CountAsync("group_edge WHERE source_id = $1 OR destination_id = $1", group));
    }

    [Fact]
    public async Task Requests_and_bans_do_not_keep_a_lone_superadmin()
    {
        var players = await Server.PlayersAsync(3);
        var group = await Server.CreateGroupAsync(players[0], open: false);
        await Server.JoinGroupAsync(players[1], group);
        await Server.JoinGroupAsync(players[2], group);
        await Server.ManageAsync(players[0], "ban", group, players[2]);

        (await Server.LeaveGroupAsync(players[0], group)).Ok();

        Assert.Equal(0, await Server.CountAsync("group_edge WHERE source_id = $1 OR destination_id = $1", group));
    }

    [Fact]
    public async Task Who_is_nothing_to_a_group_or_banned_leaves_it_without_effect()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var group = await Server.CreateGroupAsync(anna);

        (await Server.LeaveGroupAsync(ben, group)).Ok();
        (await Server.LeaveGroupAsync(ben, Guid.NewGuid())).Ok();
        await Server.JoinGroupAsync(ben, group);
        await Server.ManageAsync(anna, "ban", group, ben);
        (await Server.LeaveGroupAsync(ben, group)).Ok();
        (await Server.JoinGroupAsync(ben, group)).Ok();

        Assert.Equal("4/-", await Server.MembershipAsync(group, ben));
        await Server.GroupIsSoundAsync(group);
    }
}
