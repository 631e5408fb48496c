using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Accounts;
using Nakama.Server.ConsoleApi;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Server.Search;
using Nakama.Server.Security;
using Nakama.Server.Storage;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.Leaderboards;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster;

/// <summary>The in-memory caches of every node, after a change through one of them.</summary>
public sealed class CachesAcrossNodes(CachesAcrossNodes.OneCluster cluster) : IClassFixture<CachesAcrossNodes.OneCluster>
{
    private const string Index = "by_level";

    [Fact]
    public async Task An_object_written_or_deleted_through_one_node_is_found_or_gone_in_the_indexes_of_all()
    {
        var player = await cluster[0].AuthenticateAsync();
        var id = new StorageId(Index, Unique.Name(), player.UserId);

        await StoreOf(0).WriteAsync([new StorageWrite(id, """{"level": 7}""", "", 2, 1)], isAuthoritative: true, CancellationToken.None);
        await AssertFoundAsync("7", isFound: true);
        await StoreOf(1).WriteAsync([new StorageWrite(id, """{"level": 8}""", "", 2, 1)], isAuthoritative: true, CancellationToken.None);
        await AssertFoundAsync("7", isFound: false);
        await AssertFoundAsync("8", isFound: true);
        await StoreOf(2).DeleteAsync([new StorageDelete(id, "")], isAuthoritative: true, CancellationToken.None);
        await AssertFoundAsync("8", isFound: false);

        StorageStore StoreOf(int node) => cluster[node].Services.GetRequiredService<StorageStore>();

        async Task AssertFoundAsync(string level, bool isFound)
        {
            await cluster.CaughtUpAsync();
            foreach (var node in cluster.Nodes)
            {
                var page = await node.Services.GetRequiredService<StorageIndexSearch>().ListAsync(
                    Index, $"+key:{id.Key} +value.level:{level}", 10, [], null, "", CancellationToken.None);
                Assert.Equal(isFound ? 1 : 0, page.Objects.Count);
            }
        }
    }

    [Fact]
    public async Task Data_that_is_deleted_as_a_whole_through_one_node_leaves_the_indexes_of_all()
    {
        await using var own = new OneCluster();
        await own.InitializeAsync();
        var player = await own[0].AuthenticateAsync();
        await own[0].Services.GetRequiredService<StorageStore>().WriteAsync(
            [.. new[] { player.UserId, Guid.Empty }.Select(static owner => new StorageWrite(new(Index, "k", owner), """{"level": 1}""", "", 2, 1))],
            isAuthoritative: true, CancellationToken.None);
        await own.CaughtUpAsync();
        Assert.All(own.Nodes, static node => Assert.Equal(2, IndexOf(node).Count));

        own[1].Services.GetRequiredService<DataDeletion>().Forget(DroppedData.Accounts);
        await own.CaughtUpAsync();
        Assert.All(own.Nodes, static node => Assert.Equal([Guid.Empty], IndexOf(node).Search(SearchQuery.Parse("*"), [], 0, 10).Hits.Select(static hit => hit.Item.Id.OwnerId)));

        own[2].Services.GetRequiredService<DataDeletion>().Forget(DroppedData.Storage);
        await own.CaughtUpAsync();
        Assert.All(own.Nodes, static node => Assert.Equal(0, IndexOf(node).Count));

        static StorageIndex IndexOf(TestServer node) => node.Services.GetRequiredService<StorageIndexes>().All.Single();
    }

    [Fact]
    public async Task Scores_written_and_deleted_through_any_node_give_the_same_ranks_on_all()
    {
        var (anna, ben, carl) = (await cluster[0].AuthenticateAsync(), await cluster[1].AuthenticateAsync(), await cluster[2].AuthenticateAsync());
        var board = await cluster[0].CreateBoardAsync();
        await cluster.CaughtUpAsync();

        await cluster[0].SubmitAsync(board, anna.UserId, 10);
        await cluster[1].SubmitAsync(board, ben.UserId, 30);
        await cluster[2].SubmitAsync(board, carl.UserId, 20);
        await AssertRanksAsync((ben, 1), (carl, 2), (anna, 3));

        var definition = await cluster[2].Services.GetRequiredService<LeaderboardDefinitions>().RequireAsync(board, CancellationToken.None);
        await cluster[2].Services.GetRequiredService<LeaderboardRecords>().DeleteAsync(definition, ben.UserId, CancellationToken.None);
        await AssertRanksAsync((carl, 1), (anna, 2));

        async Task AssertRanksAsync(params (TestPlayer Player, long Rank)[] expected)
        {
            await cluster.CaughtUpAsync();
            foreach (var node in cluster.Nodes)
            {
                var records = (await node.RecordsAsync(anna, board, "limit=10")).Records();
                Assert.Equal(
                    expected.Select(one => ($"{one.Player.UserId}", one.Rank)),
                    records.Select(record => (record.GetProperty("owner_id").GetString()!, record.Number("rank"))));
            }
        }
    }

    [Fact]
    public async Task Wrong_passwords_of_a_player_lock_an_address_out_of_the_account_on_every_node()
    {
        var (user, address) = (Guid.NewGuid(), "203.0.113.77");
        for (var i = 0; i < PasswordAttempts.MaxPerAccount; i++)
            Assert.False(await AttemptAsync(cluster[i % cluster.Nodes.Count], address));
        await cluster.CaughtUpAsync();

        foreach (var node in cluster.Nodes)
        {
            Assert.Equal(StatusCode.ResourceExhausted, (await Assert.ThrowsAsync<ApiException>(() => AttemptAsync(node, address))).Status);
            Assert.False(await AttemptAsync(node, $"198.51.100.{cluster.Nodes.IndexOf(node)}"));
        }

        Task<bool> AttemptAsync(TestServer node, string from) =>
            node.Services.GetRequiredService<PasswordAttempts>().IsRightAsync(user, "wrong", null, new(from), CancellationToken.None).AsTask();
    }

    [Fact]
    public async Task Failed_logins_of_an_operator_lock_the_name_on_every_node_until_one_succeeds()
    {
        const int Failures = 5;
        var (name, address) = (Unique.Name("op"), new ClientOrigin("203.0.113.78"));
        for (var i = 0; i < Failures; i++) LockoutOf(i % cluster.Nodes.Count).Failed(name, address, isRoot: false);
        await cluster.CaughtUpAsync();
        for (var i = 0; i < cluster.Nodes.Count; i++) Assert.Throws<ApiException>(() => LockoutOf(i).Check(name, address));

        LockoutOf(1).Succeeded(name, address);
        await cluster.CaughtUpAsync();
        for (var i = 0; i < cluster.Nodes.Count; i++) LockoutOf(i).Check(name, address);

        LoginLockout LockoutOf(int node) => cluster[node].Services.GetRequiredService<LoginLockout>();
    }

    [Fact]
    public async Task An_operators_token_is_good_on_every_node_until_it_is_logged_out_or_his_rights_change_on_one()
    {
        var tokens = cluster.Nodes.Select(node => node.Services.GetRequiredService<ConsoleTokens>()).ToArray();
        var (first, second) = (await SignInAsync(0), await SignInAsync(1));
        Assert.All(tokens, node => Assert.True(node.Check(first.Token) is not null && node.Check(second.Token) is not null));

        using (var caller = ConsoleCaller.Bearer(cluster[1], first.Token))
            Assert.Equal(HttpStatusCode.OK, (await caller.PostAsync("/v2/console/authenticate/logout", new { token = first.Token })).Status);
        await cluster.CaughtUpAsync();
        Assert.All(tokens, node => Assert.True(node.Check(first.Token) is null && node.Check(second.Token) is not null));

        await tokens[2].InvalidateAsync(second.Id, CancellationToken.None);
        await cluster.CaughtUpAsync();
        Assert.All(tokens, node => Assert.Null(node.Check(second.Token)));

        async Task<(Guid Id, string Token)> SignInAsync(int node)
        {
            const string Password = "correct horse 1";
            var username = Unique.Name("op");
            var id = await ConsoleCaller.InsertAsync(cluster[node], username, "{\"admin\":true}", await ConsoleCaller.HashAsync(cluster[node], Password));
            using var anonymous = ConsoleCaller.Anonymous(cluster[node]);
            return (id, (await anonymous.PostAsync("/v2/console/authenticate", new { username, password = Password })).Body.GetProperty("token").GetString()!);
        }
    }

    /// <summary>Three nodes with an index, shared by all tests of the class.</summary>
    public sealed class OneCluster : IAsyncLifetime, IAsyncDisposable
    {
        private TestCluster _cluster = null!;

        public List<TestServer> Nodes => _cluster.Nodes;

        public TestServer this[int node] => _cluster.Nodes[node];

        public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync(configure: static builder => builder.Services.AddSingleton(Registry()));

        public Task CaughtUpAsync() => _cluster.CaughtUpAsync();

        public async Task DisposeAsync() => await _cluster.DisposeAsync();

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

        private static StorageIndexRegistry Registry()
        {
            var registry = new StorageIndexRegistry();
            registry.Define(new(Index, Index, "", ["level"], ["level"], 1000, IndexOnly: false));
            return registry;
        }
    }
}
