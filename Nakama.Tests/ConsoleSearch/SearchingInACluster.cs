using Nakama.Tests.Authentication;
using Nakama.Tests.Cluster;
using Nakama.Tests.ConsoleApi;

namespace Nakama.Tests.ConsoleSearch;

public sealed class SearchingInACluster
{
    [Fact]
    public async Task The_index_of_a_node_hears_what_is_written_and_deleted_through_another()
    {
        var folder = Directory.CreateTempSubdirectory("nakama-search-").FullName;
        await using (var cluster = await TestCluster.StartAsync(options => options with { DataDir = folder }))
        {
            using var admin = ConsoleCaller.Basic(cluster.Nodes[0], "admin", "password");
            var second = cluster.Nodes[1];
            await SearchNode.UntilAsync(admin, "anything", static answer => !SearchNode.IsFilling(answer));
            var player = await second.AuthenticateAsync();
            (await second.AsAsync(player.Token, "PUT /v2/storage", new { objects = new[] { new { collection = "saves", key = "slot", value = """{"a": "word"}""" } } })).Ok();
            await SearchNode.UntilAsync(admin, "word", static answer => SearchNode.HitsOf(answer).Length == 1 && SearchNode.RowsOf(answer) == 2);

            // Only the other node's message tells of this: no search hits it, and no row has a newer time.
            (await second.AsAsync(player.Token, "PUT /v2/storage/delete", new { object_ids = new[] { new { collection = "saves", key = "slot" } } })).Ok();

            await SearchNode.UntilAsync(admin, "anything", static answer => SearchNode.RowsOf(answer) == 1);
            (await second.AsAsync(player.Token, "PUT /v2/storage", new { objects = new[] { new { collection = "saves", key = "last", value = "{}" } } })).Ok();
            await SearchNode.UntilAsync(admin, "anything", static answer => SearchNode.RowsOf(answer) == 2);
            (await second.AsAsync(player.Token, "DELETE /v2/account")).Ok();
            await SearchNode.UntilAsync(admin, "anything", static answer => SearchNode.RowsOf(answer) == 0);
        }

        Directory.Delete(folder, recursive: true);
    }
}
