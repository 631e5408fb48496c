using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Groups;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.Friends;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Groups;

/// <summary>Groups are made, changed and deleted.</summary>
public sealed class RunningGroups(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    private GroupActions Actions => Server.Services.GetRequiredService<GroupActions>();

    [Fact]
    public async Task A_new_group_has_its_maker_as_superadmin_and_is_closed_unless_told_otherwise()
    {
        var anna = await Server.AuthenticateAsync();

        var group = (await Server.AsAsync(anna.Token, "POST /v2/group", new { name = Unique.Name("g"), description = "d" })).Ok().Body;

        Assert.Equal((anna.UserId.ToString(), "d", "en", "{}"), (group.Text("creator_id"), group.Text("description"), group.Text("lang_tag"), group.Text("metadata")));
        Assert.Equal(("False", "1", "100"), (group.Text("open"), group.Text("edge_count"), group.Text("max_count")));
        var id = Guid.Parse(group.Text("id"));
        Assert.Equal("0/0", await Server.MembershipAsync(id, anna));
        await Server.GroupIsSoundAsync(id);
    }

    [Fact]
    public async Task Admins_change_a_group_and_members_do_not()
    {
        var players = await Server.PlayersAsync(4);
        var group = await Server.StaffedGroupAsync(players[..3]);

        (await Server.AsAsync(players[1].Token, $"PUT /v2/group/{group}", new { description = "by an admin", open = false })).Ok();
        foreach (var other in players[2..])
        {
            (await Server.AsAsync(other.Token, $"PUT /v2/group/{group}", new { description = "x" }))
                .Refused(404, 5, "Group not found or you're not allowed to update.");
            (await Server.AsAsync(other.Token, $"PUT /v2/group/{group}", new { }))
                .Refused(404, 5, "Group not found or you're not allowed to update.");
        }

        var changed = Assert.Single((await Server.Services.GetRequiredService<GroupStore>().GetAsync([group], default)));
        Assert.Equal(("by an admin", false), (changed.Description, changed.Open));
    }

    [Fact]
    public async Task A_module_changes_what_clients_cannot()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var group = await Server.CreateGroupAsync(anna);

        await Actions.UpdateAsync(Guid.Empty, group, new GroupChange { Metadata = """{"level":3}""", MaxCount = 50, CreatorId = ben.UserId }, default);

        var changed = Assert.Single((await Server.Services.GetRequiredService<GroupStore>().GetAsync([group], default)));
        Assert.Equal(("""{"level": 3}""", 50, ben.UserId.ToString(), true), (changed.Metadata, changed.MaxCount, changed.CreatorId, changed.Open));
    }

    [Fact]
    public async Task A_disabled_group_cannot_be_changed_joined_or_managed_but_still_bans_nobody_quietly()
    {
        var players = await Server.PlayersAsync(4);
        var group = await Server.StaffedGroupAsync(players[..3]);
        await Server.DisableGroupAsync(group);
        var owner = players[0];

        (await Server.AsAsync(owner.Token, $"PUT /v2/group/{group}", new { open = true })).Refused(400, 3, "No new fields in group update.");
        (await Server.JoinGroupAsync(players[3], group)).Refused(404, 5, "Group not found.");
        (await Server.LeaveGroupAsync(players[2], group)).Refused(500, 13, "Error while trying to leave group.");
        (await Server.ManageAsync(owner, "add", group, players[3])).Refused(500, 13, "Error while trying to add users to a group.");
        (await Server.ManageAsync(owner, "kick", group, players[2])).Refused(500, 13, "Error while trying to kick users from a group.");
        (await Server.ManageAsync(owner, "promote", group, players[2])).Refused(500, 13, "Error while trying to promote users in a group.");
        (await Server.ManageAsync(owner, "demote", group, players[1])).Refused(500, 13, "Error while trying to demote users in a group.");
        (await Server.ManageAsync(owner, "ban", group, players[2])).Ok();

        Assert.Equal("2/2", await Server.MembershipAsync(group, players[2]));
    }

    [Fact]
    public async Task Only_a_superadmin_deletes_a_group_and_its_channel_ends_without_a_word()
    {
        var players = await Server.PlayersAsync(3);
        var group = await Server.StaffedGroupAsync(players);
        await using var socket = await Server.OpenSocketAsync(players[2]);
        var channel = await socket.JoinAsync(group.ToString(), type: 3);

        (await Server.AsAsync(players[1].Token, $"DELETE /v2/group/{group}")).Refused(400, 3, "Group not found or you're not allowed to delete.");
        (await Server.AsAsync(players[0].Token, $"DELETE /v2/group/{Guid.NewGuid()}")).Refused(400, 3, "Group not found or you're not allowed to delete.");
        (await Server.AsAsync(players[0].Token, $"DELETE /v2/group/{group}")).Ok();

        Assert.Equal(0, await Server.CountAsync("group_edge WHERE source_id = $1 OR destination_id = $1", group));
        Assert.Equal(3, await Server.CountAsync("message WHERE stream_subject = $1", group));
        Assert.Equal((3, "Must join channel before sending messages"), await socket.RefusalAsync(ChatTable.Send(channel, "{}")));
    }

    [Fact]
    public async Task The_system_makes_and_deletes_groups_and_finds_some_by_chance()
    {
        var anna = await Server.AuthenticateAsync();
        var store = Server.Services.GetRequiredService<GroupStore>();

        var made = await Actions.CreateAsync(
            new GroupRequest { OwnerId = anna.UserId, CreatorId = Guid.Empty, Name = Unique.Name("g"), Metadata = """{"x":1}""", MaxCount = 2 }, default);
        var found = await store.GetRandomAsync(1000, default);

        Assert.Equal((Guid.Empty.ToString(), """{"x": 1}""", 2, false), (made.CreatorId, made.Metadata, made.MaxCount, made.Open));
        Assert.Contains(made.Id, found.Select(group => group.Id));
        Assert.Equal(found.Count, found.Select(group => group.Id).Distinct().Count());
        await Actions.DeleteAsync(Guid.Empty, Guid.Parse(made.Id), default);
        Assert.Empty(await store.GetAsync([Guid.Parse(made.Id)], default));
    }

    [Fact]
    public async Task A_user_who_is_gone_makes_and_joins_no_group()
    {
        var clock = new TestTimeProvider();
        await using var server = await TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var (ghost, anna) = (await server.AuthenticateAsync(), await server.AuthenticateAsync());
        var group = await server.CreateGroupAsync(anna);
        (await server.AsAsync(ghost.Token, "DELETE /v2/account")).Ok();

        (await server.AsAsync(ghost.Token, "POST /v2/group", new { name = Unique.Name("g") })).Refused(404, 5, "User account not found.");
        (await server.JoinGroupAsync(ghost, group)).Refused(404, 5, "User account not found.");
        (await server.LeaveGroupAsync(ghost, group)).Ok();

        await server.GroupIsSoundAsync(group);
    }
}
