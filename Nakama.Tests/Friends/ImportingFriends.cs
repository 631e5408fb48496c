using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Friends;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Friends;

/// <summary>Friends who come along from elsewhere.</summary>
public sealed class ImportingFriends(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Strangers_and_the_invited_become_friends_and_blocks_stay()
    {
        var players = await Server.PlayersAsync(7);
        var anna = players[0];
        await Server.AddAsync(anna, players[2]);
        await Server.AddAsync(players[3], anna);
        await Server.BefriendAsync(anna, players[4]);
        await Server.BlockAsync(anna, players[5]);
        await Server.BlockAsync(players[6], anna);

        var made = await ImportAsync(anna, players[1..], reset: false);

        string[] states = ["0/0", "0/0", "0/0", "0/0", "3/-", "-/3"];
        for (var i = 0; i < states.Length; i++) Assert.Equal(states[i], await Server.EdgesAsync(anna, players[i + 1]));
        Assert.Equal(players[1..4].Select(player => player.UserId).Order(), made.Order());
        Assert.Equal([-6], await Server.NotifiedAsync(players[1]));
        Assert.DoesNotContain(-6, await Server.NotifiedAsync(players[4]));
        await Server.EdgesAreSoundAsync(players);
        var stranger = (await Server.AsAsync(players[1].Token, "GET /v2/friend")).Body.List("friends").Single();
        Assert.Equal("""{"provider": "steam"}""", stranger.Text("metadata"));
    }

    [Fact]
    public async Task A_reset_ends_what_was_before_but_for_blocks()
    {
        var players = await Server.PlayersAsync(6);
        var anna = players[0];
        await Server.BefriendAsync(anna, players[1], players[2]);
        await Server.AddAsync(players[3], anna);
        await Server.BlockAsync(anna, players[4]);
        await Server.BlockAsync(players[5], anna);

        await ImportAsync(anna, [players[1]], reset: true);

        string[] states = ["0/0", "-/-", "-/-", "3/-", "-/3"];
        for (var i = 0; i < states.Length; i++) Assert.Equal(states[i], await Server.EdgesAsync(anna, players[i + 1]));
        await Server.EdgesAreSoundAsync(players);
    }

    [Fact]
    public async Task Nobody_to_import_still_resets_and_the_user_and_strangers_are_passed_over()
    {
        var players = await Server.PlayersAsync(2);
        await Server.BefriendAsync(players[0], players[1]);
        var import = Server.Services.GetRequiredService<FriendImport>();

        Assert.Empty(await import.ImportAsync(players[0].UserId, "x", "steam", [players[0].UserId, Guid.Empty, Guid.NewGuid()], reset: false, default));
        Assert.Equal("0/0", await Server.EdgesAsync(players[0], players[1]));
        Assert.Empty(await ImportAsync(players[0], [], reset: true));
        Assert.Equal("-/-", await Server.EdgesAsync(players[0], players[1]));
        await Server.EdgesAreSoundAsync(players);
    }

    [Fact]
    public async Task Friends_who_import_each_other_at_once_are_friends_once() => await Parallel.ForAsync(0, 15, async (round, _) =>
    {
        var players = await Server.PlayersAsync(3);

        await Task.WhenAll(players.Select(async player => await ImportAsync(player, players.Where(other => other != player), reset: round % 2 == 0)));

        Assert.Equal("0/0", await Server.EdgesAsync(players[0], players[1]));
        Assert.Equal("0/0", await Server.EdgesAsync(players[1], players[2]));
        await Server.EdgesAreSoundAsync(players);
    });

    private async Task<IReadOnlyList<Guid>> ImportAsync(TestPlayer player, IEnumerable<TestPlayer> friends, bool reset) =>
        await Server.Services.GetRequiredService<FriendImport>().ImportAsync(
            player.UserId, player.Username, "steam", [.. friends.Select(friend => friend.UserId)], reset, default);
}
