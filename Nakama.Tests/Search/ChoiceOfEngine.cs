using Nakama.Server.Config;
using Nakama.Server.Search;

namespace Nakama.Tests.Search;

/// <summary>Which engine an index runs on.</summary>
public sealed class ChoiceOfEngine
{
    private static readonly IReadOnlySet<string> Sortable = new HashSet<string> { "rank" };

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void An_index_that_may_become_large_runs_on_Lucene(int mostEntries, bool isLucene)
    {
        var index = new SearchIndexFactory(luceneMinEntries: 100).Create<string>(mostEntries, Sortable);

        Assert.Equal(isLucene, index is LuceneSearchIndex<string>);
        (index as IDisposable)?.Dispose();
    }

    [Fact]
    public void There_must_be_one_entry_at_least() => Assert.Contains(
        OptionsValidator.Validate(new NakamaOptions { Storage = new() { IndexLuceneMinEntries = 0 } }),
        complaint => complaint.ToString()!.Contains("storage.index_lucene_min_entries", StringComparison.Ordinal));

    [Fact]
    public void Lucene_sorts_by_the_fields_it_was_told_of()
    {
        using var index = new LuceneSearchIndex<string>(Sortable);
        index.Put("a", new SearchDocument().Number("rank", 2).Number("other", 1), "a");
        index.Put("b", new SearchDocument().Number("rank", 1).Number("other", 2), "b");

        Assert.Equal(["b", "a"], index.Search(new() { Order = [SearchOrder.By("rank")] }).Hits.Select(hit => hit.Item));
        Assert.Equal(["a", "b"], index.Search(new() { Order = [SearchOrder.By("other", isDescending: true)] }).Hits.Select(hit => hit.Item));
    }

    [Fact]
    public void Documents_with_ever_new_keys_and_very_long_texts_are_taken()
    {
        using var index = new LuceneSearchIndex<int>(Sortable);
        for (var i = 0; i < 2_000; i++)
            index.Put($"{i}", new SearchDocument().Json("v", $$"""{"key{{i}}":{"{{new string('k', 100 + i)}}":"x"},"long":"{{new string('é', 7_000 + i)}}"}"""), i);

        Assert.Equal([5], index.Search(new() { Query = SearchQuery.Parse($"v.key5.{new string('k', 105)}:x") }).Hits.Select(hit => hit.Item));
        Assert.Equal(1_193, index.Search(new() { Query = SearchQuery.Parse("v.long:é*") }).Total);
    }
}
