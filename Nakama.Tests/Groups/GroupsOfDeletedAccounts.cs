using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.Authentication;
using Nakama.Tests.Friends;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Groups;

/// <summary>What becomes of groups when the account of one of their users is deleted.</summary>
public sealed class GroupsOfDeletedAccounts(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Anyone_but_the_last_superadmin_leaves_a_sound_group_behind(int who)
    {
        var players = await Server.PlayersAsync(5);
        var group = await Server.StaffedGroupAsync(players[..4], open: false);
        await Server.ManageAsync(players[0], "promote", group, players[3]);
        await Server.ManageAsync(players[0], "promote", group, players[3]);
        await Server.JoinGroupAsync(players[4], group);

        (await Server.AsAsync(players[who].Token, "DELETE /v2/account")).Ok();

        Assert.Equal("-/-", await Server.MembershipAsync(group, players[who]));
        await Server.GroupIsSoundAsync(group);
    }

    [Fact]
    public async Task The_last_superadmin_takes_the_group_along_whoever_else_is_in_it()
    {
        var players = await Server.PlayersAsync(3);
        var group = await Server.StaffedGroupAsync(players);

        (await Server.AsAsync(players[0].Token, "DELETE /v2/account")).Ok();

        Assert.Equal(0, await Server.CountAsync("groups WHERE id = $1", group));
        Assert.Equal(0, await Server.CountAsync("group_edge WHERE source_id = $1 OR destination_id = $1", group));
    }

    [Fact]
    public async Task A_superadmin_whose_account_an_older_server_forgot_to_take_out_leads_nobody()
    {
        var players = await Server.PlayersAsync(3);
        var group = await Server.CreateGroupAsync(players[0], open: false);
        await Server.ManageAsync(players[0], "add", group, players[1]);
        await using (var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
            WITH ghost AS (SELECT gen_random_uuid() AS id), edges AS (
                INSERT INTO group_edge (source_id, destination_id, state, position)
                SELECT $1, id, 0, 1 FROM ghost UNION ALL SELECT id, $1, 0, 1 FROM ghost)
            UPDATE groups SET edge_count = edge_count + 1 WHERE id = $1
            """))
        {
            command.Parameters.AddWithValue(group);
            await command.ExecuteNonQueryAsync();
        }

        (await Server.JoinGroupAsync(players[2], group)).Ok();
        Assert.Equal([-5], await Server.NotifiedAsync(players[0]));
        (await Server.LeaveGroupAsync(players[0], group)).Refused(400, 3, "Cannot leave group when you are the last superadmin.");
        Assert.Equal(2, (await Server.AsAsync(players[2].Token, $"GET /v2/group/{group}/user?state=0")).Body.List("group_users").Count()
            + (await Server.AsAsync(players[2].Token, $"GET /v2/group/{group}/user?state=2")).Body.List("group_users").Count());
        (await Server.AsAsync(players[0].Token, "DELETE /v2/account")).Ok();

        Assert.Equal(0, await Server.CountAsync("groups WHERE id = $1", group));
    }
}
