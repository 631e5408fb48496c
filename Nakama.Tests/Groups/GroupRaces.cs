using System.Net;
using Nakama.Tests.Authentication;
using Nakama.Tests.Friends;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Groups;

/// <summary>Many who change one group at the same time. Whatever comes first, the group stays sound.</summary>
public sealed class GroupRaces(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int Rounds = 12;

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task One_of_many_gets_the_last_place() => await Parallel.ForAsync(0, Rounds, async (_, _) =>
    {
        var players = await Server.PlayersAsync(7);
        var group = await Server.CreateGroupAsync(players[0], maxCount: 2);

        var answers = await Task.WhenAll(
            players[1..5].Select(player => Server.JoinGroupAsync(player, group))
                .Concat(players[5..].Select(player => Server.ManageAsync(players[0], "add", group, player))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => answer.Refused(400, 3, "Group is full."));
        await Server.GroupIsSoundAsync(group);
    });

    [Fact]
    public async Task One_of_two_superadmins_who_leave_at_once_stays() => await Parallel.ForAsync(0, Rounds, async (_, _) =>
    {
        var players = await Server.PlayersAsync(3);
        var group = await Server.StaffedGroupAsync(players);
        await Server.ManageAsync(players[0], "promote", group, players[1]);

        var answers = await Task.WhenAll(players[..2].Select(player => Server.LeaveGroupAsync(player, group)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Single(answers, answer => answer.Status != HttpStatusCode.OK).Refused(400, 3, "Cannot leave group when you are the last superadmin.");
        await Server.GroupIsSoundAsync(group);
    });

    [Theory]
    [InlineData("demote")]
    [InlineData("kick")]
    [InlineData("ban")]
    public async Task One_of_two_superadmins_who_turn_on_each_other_stays(string deed) => await Parallel.ForAsync(0, Rounds, async (_, _) =>
    {
        var players = await Server.PlayersAsync(2);
        var group = await Server.StaffedGroupAsync(players);
        await Server.ManageAsync(players[0], "promote", group, players[1]);

        await Task.WhenAll(Server.ManageAsync(players[0], deed, group, players[1]), Server.ManageAsync(players[1], deed, group, players[0]));

        Assert.Single(
            new[] { await Server.MembershipAsync(group, players[0]), await Server.MembershipAsync(group, players[1]) }, states => states == "0/0");
        await Server.GroupIsSoundAsync(group);
    });

    [Fact]
    public async Task A_name_is_taken_once() => await Parallel.ForAsync(0, Rounds, async (_, _) =>
    {
        var (anna, name) = (await Server.AuthenticateAsync(), Unique.Name("g"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Server.AsAsync(anna.Token, "POST /v2/group", new { name })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => answer.Refused(409, 6, "Group name is in use."));
    });

    [Fact]
    public async Task A_crowd_that_does_everything_leaves_a_sound_group()
    {
        var players = await Server.PlayersAsync(8);
        var group = await Server.StaffedGroupAsync(players, maxCount: 9);
        string[] deeds = ["add", "kick", "ban", "promote", "demote", "join", "leave"];

        await Parallel.ForAsync(0, 160, async (_, _) =>
        {
            var player = players[Random.Shared.Next(4)];
            var others = Random.Shared.GetItems(players, 2);
            var answer = Random.Shared.GetItems(deeds, 1)[0] switch
            {
                "join" => await Server.JoinGroupAsync(others[0], group),
                "leave" => await Server.LeaveGroupAsync(others[0], group),
                var deed => await Server.ManageAsync(player, deed, group, others),
            };
            Assert.NotEqual(HttpStatusCode.InternalServerError, answer.Status);
        });

        // The last of them may have left alone, and then nothing may be left.
        if (await Server.CountAsync("groups WHERE id = $1", group) > 0) await Server.GroupIsSoundAsync(group);
        else Assert.Equal(0, await Server.CountAsync("group_edge WHERE source_id = $1 OR destination_id = $1", group));
    }

    [Fact]
    public async Task An_account_that_is_deleted_meanwhile_leaves_no_edge() => await Parallel.ForAsync(0, Rounds, async (round, _) =>
    {
        var players = await Server.PlayersAsync(3);
        var group = await Server.StaffedGroupAsync(players);
        if (round % 2 == 0) await Server.ManageAsync(players[0], "kick", group, players[2]);

        await Task.WhenAll(
            Server.JoinGroupAsync(players[2], group),
            Server.ManageAsync(players[0], "add", group, players[2]),
            Server.ManageAsync(players[0], "promote", group, players[2]),
            Server.AsAsync(players[2].Token, "DELETE /v2/account"));

        Assert.Equal("-/-", await Server.MembershipAsync(group, players[2]));
        await Server.GroupIsSoundAsync(group);
    });

    [Fact]
    public async Task Two_superadmins_who_delete_their_accounts_at_once_take_the_group_along() => await Parallel.ForAsync(0, Rounds, async (_, _) =>
    {
        var players = await Server.PlayersAsync(3);
        var group = await Server.StaffedGroupAsync(players);
        await Server.ManageAsync(players[0], "promote", group, players[1]);

        foreach (var answer in await Task.WhenAll(players[..2].Select(player => Server.AsAsync(player.Token, "DELETE /v2/account")))) answer.Ok();

        Assert.Equal(0, await Server.CountAsync("groups WHERE id = $1", group));
        Assert.Equal(0, await Server.CountAsync("group_edge WHERE source_id = $1 OR destination_id = $1", group));
    });
}
