using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Leaderboards;
using Nakama.Server.Leaderboards.Ranks;
using Nakama.Server.Security;
using Nakama.Tests.Leaderboards;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster;

/// <summary>What a node knows after a node was lost that could not tell what it had written.</summary>
public sealed class RepairsAfterLosses
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Ranks_are_those_of_the_records_in_the_database()
    {
        await using var cluster = await TestCluster.StartAsync();
        var (anna, ben, carl) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var board = await cluster.Nodes[0].CreateBoardAsync();
        await cluster.CaughtUpAsync();
        await cluster.Nodes[0].SubmitAsync(board, anna, 10);
        await cluster.Nodes[0].SubmitAsync(board, ben, 20);
        await cluster.Nodes[0].SubmitAsync(board, carl, 30);
        await cluster.CaughtUpAsync();

        var lost = cluster.Nodes[2];
        cluster.Lose(lost);
        await lost.SubmitAsync(board, anna, 40);
        var definition = await lost.Services.GetRequiredService<LeaderboardDefinitions>().RequireAsync(board, Never);
        await lost.Services.GetRequiredService<LeaderboardRecords>().DeleteAsync(definition, carl, Never);
        cluster.Lose(cluster.Nodes[1]);

        var ranks = cluster.Nodes[0].Services.GetRequiredService<RankCache>();
        await SocketNode.UntilAsync(() => (ranks.RankOf(board, 0, anna), ranks.RankOf(board, 0, ben), ranks.RankOf(board, 0, carl)) == (1, 2, 0));
        Assert.Equal(2, ranks.CountOf(board, 0));
        Assert.Equal(1, (await cluster.Nodes[0].SubmitAsync(board, ben, 50)).Rank);
    }

    [Fact]
    public async Task Bans_are_lifted_that_are_no_longer_in_the_database_and_others_are_not()
    {
        await using var cluster = await TestCluster.StartAsync();
        var cache = cluster.Nodes[0].Services.GetRequiredService<RevocationCache>();
        var store = cluster.Nodes[0].Services.GetRequiredService<RevocationStore>();
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var (lifted, banned, justBanned) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        cache.Restore(lifted, RevocationKind.Ban, "", now - 600);
        cache.Restore(banned, RevocationKind.Ban, "", now - 600);
        cache.Restore(justBanned, RevocationKind.Ban, "", now + 3600);
        await store.SaveAsync([banned], RevocationKind.Ban, "", now - 600, Never);
        Assert.False(cache.IsSessionValid(TokenOf(lifted, now - 600)));

        cluster.Lose(cluster.Nodes[2]);

        await SocketNode.UntilAsync(() => cache.IsSessionValid(TokenOf(lifted, now - 600)));
        Assert.False(cache.IsSessionValid(TokenOf(lifted, now - 601)));
        Assert.False(cache.IsSessionValid(TokenOf(banned, now - 600)));
        Assert.False(cache.IsSessionValid(TokenOf(justBanned, now + 3600)));

        SessionToken TokenOf(Guid userId, long second) => new()
        {
            Id = Unique.Name(),
            UserId = userId,
            Username = "anna",
            IssuedAt = second,
            Expiry = second + cluster.Nodes[0].Options.Session.TokenExpirySec,
        };
    }
}
