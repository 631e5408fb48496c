using Nakama.Server.Search;
using Nakama.Server.Storage;

namespace Nakama.Tests.Storage;

public sealed class StorageIndexTests : IDisposable
{
    private static readonly StorageId Id = new("players", "profile", Guid.NewGuid());

    private readonly StorageIndex _index = new(
        new StorageIndexDefinition("levels", "players", "profile", ["level"], [], MaxEntries: 10, IndexOnly: false),
        new SearchIndexFactory(new StorageOptions().IndexLuceneMinEntries));

    public void Dispose() => _index.Dispose();

    [Fact]
    public void A_state_without_the_indexed_members_removes_an_older_entry()
    {
        Put("""{"level":1}""", second: 1);
        Put("""{"name":"anna"}""", second: 2);

        Assert.Equal(0, _index.Count);
    }

    [Fact]
    public void A_state_without_the_indexed_members_leaves_a_newer_entry()
    {
        Put("""{"level":1}""", second: 2);
        Put("""{"name":"anna"}""", second: 1);

        Assert.Equal(1, _index.Count);
    }

    [Fact]
    public void An_older_state_does_not_replace_a_newer_entry()
    {
        Put("""{"level":2}""", second: 2);
        Put("""{"level":1}""", second: 1);

        var found = Assert.Single(_index.Search(SearchQuery.Parse("*"), [], offset: 0, limit: 10).Hits);
        Assert.Equal("2", found.Item.Version);
    }

    /// <summary>The version of a state is the second of its time.</summary>
    private void Put(string value, int second)
    {
        var time = DateTimeOffset.UnixEpoch.AddSeconds(second);
        _index.Put(new StorageWrite(Id, value, "", Read: 1, Write: 1), $"{second}", DateTimeOffset.UnixEpoch, time);
    }
}
