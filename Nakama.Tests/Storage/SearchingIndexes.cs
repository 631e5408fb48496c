using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Search;
using Nakama.Server.Storage;
using Nakama.Server.Wallets;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Storage;

/// <summary>Objects found through the indexes that game logic asked for.</summary>
public abstract class SearchingIndexes(IndexedServer indexed)
{
    private readonly string _tag = Unique.Name();

    private string Mine => $"+key:{_tag}-*";

    [Fact]
    public async Task The_query_language_finds_objects_by_their_values()
    {
        var (anna, ben) = (await PlayerAsync(), await PlayerAsync());
        await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-0", anna, """{"name": "golden", "level": 1, "tags": ["x", "y"], "flag": true, "other": 1}""");
        await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-1", anna, """{"name": "golden", "level": 5, "tags": ["y"], "born": "2020-05-01T00:00:00Z", "deep": {"er": "down"}}""", read: 1);
        await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-2", ben, """{"name": "golden", "level": 9, "tags": [], "flag": false, "born": "2023-01-01"}""");
        await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-3", ben, """{"other": 1}""");

        await Finds("0 1 2", "");
        await Finds("1 2", "+value.level:>=5");
        await Finds("1", "+value.level:5");
        await Finds("1 2", "-value.tags:x");
        await Finds("0", "+value.tags:y +value.level:<5");
        await Finds("0", "+value.flag:T");
        await Finds("", "+value.flag:true");
        await Finds("2", "+value.born:>\"2021-01-01T00:00:00Z\"");
        await Finds("1", "+value.deep.er:dow*");
        await Finds("0 1 2", "+value.name:/gol.*/");
        await Finds("", "+value.other:1");
        await Finds("", "+value.name:\"golden\"");
        await Finds("2", $"+user_id:{ben}");
        await Finds("1", "+read:1");

        async Task Finds(string expected, string query) => Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => $"{_tag}-{number}"),
            (await indexed.KeysAsync(IndexedServer.Whole, $"{Mine} {query}")).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_a_cursor_belongs_to_its_list()
    {
        var anna = await PlayerAsync();
        foreach (var level in (int[])[3, 1, 2]) await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-{level}", anna, $$"""{"level": {{level}}}""");

        var first = await indexed.ListAsync(IndexedServer.Whole, Mine, 2, ["-value.level"]);
        var second = await indexed.ListAsync(IndexedServer.Whole, Mine, 2, ["-value.level"], cursor: first.Cursor);

        Assert.Equal([$"{_tag}-3", $"{_tag}-2"], first.Objects.Select(item => item.Key));
        Assert.Equal([$"{_tag}-1"], second.Objects.Select(item => item.Key));
        Assert.Empty(second.Cursor);
        await Refuses("invalid cursor: query mismatch", () => indexed.ListAsync(IndexedServer.Whole, "*", 2, ["-value.level"], cursor: first.Cursor));
        await Refuses("invalid cursor: limit mismatch", () => indexed.ListAsync(IndexedServer.Whole, Mine, 3, ["-value.level"], cursor: first.Cursor));
        await Refuses("invalid cursor: order mismatch", () => indexed.ListAsync(IndexedServer.Whole, Mine, 2, ["value.level"], cursor: first.Cursor));
        foreach (var cursor in (string[])["nonsense", "{}", "e30", "bnVsbA"])
            await Refuses("invalid cursor", () => indexed.ListAsync(IndexedServer.Whole, Mine, 2, ["-value.level"], cursor: cursor));
        await Refuses("index \"none\" not found", () => indexed.ListAsync("none", Mine));
        Assert.Equal("syntax error", (await Assert.ThrowsAsync<SearchQueryException>(() => indexed.ListAsync(IndexedServer.Whole, "+value.name:").AsTask())).Message);
    }

    [Fact]
    public async Task Only_what_the_reader_may_see_is_listed_and_with_the_values_of_the_database()
    {
        var (anna, ben) = (await PlayerAsync(), await PlayerAsync());
        await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-0", anna, """{"level": 0, "other": "kept"}""", read: 0);
        await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-1", anna, """{"level": 1}""", read: 1);
        await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-2", anna, """{"level": 2}""", read: 2);

        Assert.Equal($"{_tag}-0 {_tag}-1 {_tag}-2", await indexed.KeysAsync(IndexedServer.Whole, Mine));
        Assert.Equal($"{_tag}-1 {_tag}-2", await indexed.KeysAsync(IndexedServer.Whole, Mine, reader: anna));
        Assert.Equal($"{_tag}-2", await indexed.KeysAsync(IndexedServer.Whole, Mine, reader: ben));
        Assert.Equal("""{"level": 0, "other": "kept"}""", (await indexed.ListAsync(IndexedServer.Whole, $"{Mine} +value.level:0")).Objects[0].Value);
    }

    [Fact]
    public async Task An_index_on_its_own_shows_the_indexed_members_and_an_owner_all_of_his()
    {
        var (anna, ben) = (await PlayerAsync(), await PlayerAsync());
        var acks = await indexed.WriteAsync(IndexedServer.Only, $"{_tag}-0", anna, """{"name": "x", "secret": 1, "level": 0}""", read: 0);
        await indexed.WriteAsync(IndexedServer.Only, $"{_tag}-1", ben, """{"level": 1}""", read: 1);

        var hers = Assert.Single((await indexed.ListAsync(IndexedServer.Only, Mine, reader: anna)).Objects);
        Assert.Equal("""{"level":0,"name":"x"}""", hers.Value);
        Assert.Equal((acks.Acks[0].Version, 0, 1), (hers.Version, hers.PermissionRead, hers.PermissionWrite));
        Assert.Equal($"{_tag}-0 {_tag}-1", await indexed.KeysAsync(IndexedServer.Only, Mine));
    }

    [Fact]
    public async Task Changes_are_seen_at_once_whatever_made_them()
    {
        var anna = await PlayerAsync();
        var ids = Enumerable.Range(0, 3).Select(i => new StorageId(IndexedServer.Whole, $"{_tag}-{i}", anna)).ToArray();
        await indexed.Store.WriteAsync([.. ids.Select(id => new StorageWrite(id, """{"level": 1}""", "", 2, 1))], isAuthoritative: true, CancellationToken.None);
        Assert.Equal(3, (await indexed.ListAsync(IndexedServer.Whole, $"{Mine} +value.level:1 +read:2")).Objects.Count);

        await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-0", anna, """{"level": 2}""");
        await indexed.Store.DeleteAsync([new StorageDelete(ids[1], "")], isAuthoritative: true, CancellationToken.None);
        Assert.Equal($"{_tag}-2", await indexed.KeysAsync(IndexedServer.Whole, $"{Mine} +value.level:1"));
        Assert.Equal($"{_tag}-0", await indexed.KeysAsync(IndexedServer.Whole, $"{Mine} +value.level:2"));

        await indexed.Server.Services.GetRequiredService<MultiUpdate>().ApplyAsync(
            new() { StorageWrites = [new StorageWrite(ids[1], """{"level": 3}""", "", 2, 1)], StorageDeletes = [new StorageDelete(ids[0], "")] }, CancellationToken.None);
        Assert.Equal($"{_tag}-2 {_tag}-1", await indexed.KeysAsync(IndexedServer.Whole, Mine));

        await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-2", anna, """{"other": 3}""");
        Assert.Equal($"{_tag}-1", await indexed.KeysAsync(IndexedServer.Whole, Mine));
    }

    [Fact]
    public async Task What_another_node_has_changed_or_deleted_is_put_right_when_it_is_met()
    {
        var anna = await PlayerAsync();
        await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-0", anna, """{"level": 1}""");
        await indexed.WriteAsync(IndexedServer.Whole, $"{_tag}-1", anna, """{"level": 1}""");
        var database = indexed.Server.Services.GetRequiredService<Npgsql.NpgsqlDataSource>();
        await using (var change = database.CreateCommand($$"""UPDATE storage SET value = '{"level": 7}', version = 'new' WHERE key = '{{_tag}}-0'""")) await change.ExecuteNonQueryAsync();
        await using (var delete = database.CreateCommand($"DELETE FROM storage WHERE key = '{_tag}-1'")) await delete.ExecuteNonQueryAsync();

        Assert.Equal($"{_tag}-0", await indexed.KeysAsync(IndexedServer.Whole, Mine));
        Assert.Equal($"{_tag}-0", await indexed.KeysAsync(IndexedServer.Whole, $"{Mine} +value.level:7"));
        Assert.Equal("", await indexed.KeysAsync(IndexedServer.Whole, $"{Mine} +value.level:1"));
    }

    [Fact]
    public async Task A_filter_decides_what_belongs_in()
    {
        var anna = await PlayerAsync();
        await indexed.WriteAsync(IndexedServer.Filtered, $"{_tag}-0", anna, """{"level": 1}""");
        await indexed.WriteAsync(IndexedServer.Filtered, $"{_tag}-1", anna, """{"level": 2, "skip": true}""");
        await indexed.WriteAsync(IndexedServer.Filtered, $"{_tag}-2", anna, """{"level": 3, "broken": true}""");
        Assert.Equal($"{_tag}-0", await indexed.KeysAsync(IndexedServer.Filtered, Mine));

        await indexed.WriteAsync(IndexedServer.Filtered, $"{_tag}-0", anna, """{"level": 1, "skip": true}""");
        Assert.Equal("", await indexed.KeysAsync(IndexedServer.Filtered, Mine));
    }

    [Fact]
    public async Task An_index_of_one_key_holds_only_objects_with_it()
    {
        var anna = await PlayerAsync();
        await indexed.WriteAsync(IndexedServer.OneKey, "best", anna, """{"level": 1}""");
        await indexed.WriteAsync(IndexedServer.OneKey, "worst", anna, """{"level": 2}""");

        Assert.Equal("best", await indexed.KeysAsync(IndexedServer.OneKey, $"+user_id:{anna}"));
    }

    [Fact]
    public async Task A_full_index_lets_the_oldest_go_and_a_new_node_reads_what_is_there()
    {
        await using var first = await indexed.StartAsync();
        var store = first.Services.GetRequiredService<StorageStore>();
        var search = first.Services.GetRequiredService<StorageIndexSearch>();
        for (var i = 1; i <= 12; i++)
        {
            await store.WriteAsync([new(new(IndexedServer.Few, $"{i:00}", Guid.Empty), $$"""{"level": {{i}}}""", "", 2, 1)], isAuthoritative: true, CancellationToken.None);
            Assert.Equal(i == 12 ? 10 : i, (await search.ListAsync(IndexedServer.Few, "", 100, [], null, "", CancellationToken.None)).Objects.Count);
        }

        Assert.Equal("03", (await search.ListAsync(IndexedServer.Few, "", 1, ["value.level"], null, "", CancellationToken.None)).Objects[0].Key);

        await using var second = await indexed.StartAsync(first.Options.Database.Address[0]);
        var loaded = await second.Services.GetRequiredService<StorageIndexSearch>().ListAsync(IndexedServer.Few, "", 100, ["value.level"], null, "", CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"{i:00}"), loaded.Objects.Select(item => item.Key));
    }

    [Theory]
    [InlineData("", "c", "f", 1, "cannot create index: name must be set")]
    [InlineData("n", "", "f", 1, "cannot create index: collection must be set")]
    [InlineData("n", "c", "", 1, "cannot create index: at least one field must be set")]
    [InlineData("n", "c", "f", 0, "cannot create index: max entries must be greater than 0")]
    [InlineData("taken", "c", "f", 1, "cannot create index: index with name \"taken\" already exists")]
    public void An_index_that_makes_no_sense_is_refused(string name, string collection, string fields, int most, string message)
    {
        var registry = new StorageIndexRegistry();
        registry.Define(new("taken", "other", "", ["f"], [], 1, IndexOnly: false));
        registry.Define(new("taken", "other", "", ["f"], [], 1, IndexOnly: false));

        var refusal = Assert.Throws<StorageIndexException>(() => registry.Define(
            new(name, collection, "", fields.Split(' ', StringSplitOptions.RemoveEmptyEntries), [], most, IndexOnly: false)));
        Assert.Equal(message, refusal.Message);
    }

    private static async Task Refuses(string message, Func<ValueTask<Nakama.Protocol.Api.StorageObjectList>> list) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<StorageIndexException>(() => list().AsTask())).Message);

    private async Task<Guid> PlayerAsync() => (await indexed.Server.AuthenticateAsync()).UserId;
}

public sealed class SearchingIndexesInMemory(IndexedServer indexed) : SearchingIndexes(indexed), IClassFixture<IndexedServer>;

public sealed class SearchingIndexesInLucene(LuceneIndexedServer indexed) : SearchingIndexes(indexed), IClassFixture<LuceneIndexedServer>;
