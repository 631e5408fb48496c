using Xunit.Abstractions;

namespace Nakama.Tests.Cluster.Faults;

/// <summary>What players see when the clocks of the nodes differ by a minute.</summary>
[Collection(nameof(CutClusters))]
public sealed class ClocksApart(FaultCluster cluster, ITestOutputHelper output)
{
    private const int Minute = 60;
    private const int TokenSeconds = 7200;

    [Fact]
    public async Task Players_on_nodes_whose_clocks_differ_by_a_minute_play_together_and_who_signs_out_is_out_on_all()
    {
        await cluster.ReadyAsync();
        await cluster.SetClockAsync(2, Minute);
        var ahead = TokenTimeOf(await cluster.OpenAsync(2)) - DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        output.WriteLine($"node 2 is {ahead} s ahead");
        Assert.InRange(ahead, Minute / 2, 2 * Minute);

        var players = await cluster.OpenMatchAsync(1, 2, 3);
        await players[1].SendAsync(5);
        foreach (var other in (FaultPlayer[])[players[0], players[2]]) Assert.Equal(5, await other.ReceiveAsync());
        await players[0].FindAsync(2);
        await players[1].FindAsync(2);
        Assert.Equal(await players[0].FoundAsync(), await players[1].FoundAsync());

        // A token is valid on all nodes, whoever issued it, and on none after its player has signed out.
        foreach (var (player, elsewhere) in ((FaultPlayer, int)[])[(players[1], 1), (players[0], 2)])
        {
            var there = await cluster.OpenAsync(elsewhere, player.Player);
            Assert.Equal(200, await there.AskForAccountAsync());
            await there.SignOutAsync();
            await cluster.UntilAsync(async () => await player.AskForAccountAsync() == 401);
            Assert.Equal(401, await there.AskForAccountAsync());
        }

        Assert.True(cluster.IsWhole);
    }

    private static long TokenTimeOf(FaultPlayer player)
    {
        var claims = player.Player.Token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        using var json = System.Text.Json.JsonDocument.Parse(Convert.FromBase64String(claims.PadRight((claims.Length + 3) / 4 * 4, '=')));
        return json.RootElement.GetProperty("exp").GetInt64() - TokenSeconds;
    }
}
