using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Friends;

/// <summary>Players who do things to each other at the same time. Whatever comes first, edges and counts stay sound.</summary>
public sealed class FriendRaces(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int Rounds = 25;

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Two_who_add_each_other_at_once_become_friends() => await Parallel.ForAsync(0, Rounds, async (_, _) =>
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());

        foreach (var answer in await Task.WhenAll(Server.AddAsync(anna, ben), Server.AddAsync(ben, anna))) answer.Ok();

        Assert.Equal("0/0", await Server.EdgesAsync(anna, ben));
        await Server.EdgesAreSoundAsync(anna, ben);
        Assert.Equal([-3, -2], (await Server.NotifiedAsync(anna)).Concat(await Server.NotifiedAsync(ben)).Order());
    });

    [Fact]
    public async Task One_who_adds_the_same_player_many_times_invites_once() => await Parallel.ForAsync(0, Rounds / 5, async (_, _) =>
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());

        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Server.AddAsync(anna, ben)))) answer.Ok();

        Assert.Equal("1/2", await Server.EdgesAsync(anna, ben));
        Assert.Equal([-2], await Server.NotifiedAsync(ben));
        await Server.EdgesAreSoundAsync(anna, ben);
    });

    [Fact]
    public async Task A_block_holds_against_whoever_adds_meanwhile() => await Parallel.ForAsync(0, Rounds, async (round, _) =>
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        if (round % 2 == 0) await Server.AddAsync(anna, ben);

        foreach (var answer in await Task.WhenAll(Server.BlockAsync(anna, ben), Server.AddAsync(ben, anna))) answer.Ok();

        Assert.Equal("3/-", await Server.EdgesAsync(anna, ben));
        await Server.EdgesAreSoundAsync(anna, ben);
    });

    [Fact]
    public async Task One_of_two_who_end_a_friendship_at_once_is_told() => await Parallel.ForAsync(0, Rounds, async (_, _) =>
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        await Server.BefriendAsync(anna, ben);

        foreach (var answer in await Task.WhenAll(Server.DeleteAsync(anna, ben), Server.DeleteAsync(ben, anna))) answer.Ok();

        Assert.Equal("-/-", await Server.EdgesAsync(anna, ben));
        Assert.Single((await Server.NotifiedAsync(anna)).Concat(await Server.NotifiedAsync(ben)), code => code == -9);
        await Server.EdgesAreSoundAsync(anna, ben);
    });

    [Fact]
    public async Task A_crowd_that_does_everything_to_everyone_leaves_sound_edges()
    {
        var crowd = await Server.PlayersAsync(6);
        await Parallel.ForAsync(0, 120, async (_, _) =>
        {
            var player = Random.Shared.GetItems(crowd, 1)[0];
            var others = Random.Shared.GetItems(crowd, 3).Where(other => other != player).ToArray();
            if (others.Length == 0) return;
            (Random.Shared.Next(5) switch
            {
                0 => await Server.DeleteAsync(player, others),
                1 => await Server.BlockAsync(player, others),
                _ => await Server.AddAsync(player, others),
            }).Ok();
        });

        await Server.EdgesAreSoundAsync(crowd);
    }

    [Fact]
    public async Task An_account_that_is_deleted_while_it_is_added_leaves_no_edge() => await Parallel.ForAsync(0, Rounds, async (_, _) =>
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());

        var answers = await Task.WhenAll(Server.AddAsync(anna, ben), Server.AsAsync(ben.Token, "DELETE /v2/account"));

        foreach (var answer in answers) answer.Ok();
        Assert.Equal("-/-", await Server.EdgesAsync(anna, ben));
    });
}
