using Nakama.Server.Search;

namespace Nakama.Tests.Search;

/// <summary>In which order hits come, and which part of them, in both engines.</summary>
public abstract class OrderAndPages
{
    private readonly ISearchIndex<string> _index;

    protected OrderAndPages()
    {
        _index = New<string>();
        Put("a", 1, "x");
        Put("b", 3, null);
        Put("c", 2, "z");
        Put("d", null, "y");
    }

    [Fact]
    public void The_best_come_first_and_equals_as_they_were_put() =>
        Assert.Equal("c a b d", Found(new() { Query = SearchQuery.Parse("-id:none +_id:* name:z") }));

    [Fact]
    public void What_is_put_again_counts_as_the_youngest()
    {
        Put("a", 1, "x");

        Assert.Equal("b c d a", Found(new()));
        Assert.Equal(4, _index.Count);
    }

    [Theory]
    [InlineData(false, "a c b d")]
    [InlineData(true, "b c a d")]
    public void Documents_without_the_field_come_last_both_ways(bool isDescending, string expected) =>
        Assert.Equal(expected, Found(new() { Order = [SearchOrder.By("rank", isDescending)] }));

    [Fact]
    public void The_next_field_decides_among_equals() =>
        Assert.Equal("c d a b", Found(new() { Order = [SearchOrder.Score, SearchOrder.By("name", isDescending: true)] }));

    [Fact]
    public void A_page_is_a_part_of_the_hits()
    {
        var page = _index.Search(new() { Order = [SearchOrder.By("rank")], Offset = 1, Limit = 2 });

        Assert.Equal(4, page.Total);
        Assert.Equal(["c", "b"], page.Hits.Select(hit => hit.Item));
        Assert.Empty(_index.Search(new() { Offset = 9, Limit = 2 }).Hits);
    }

    [Fact]
    public void Few_of_many_are_the_same_as_the_first_of_all()
    {
        var index = New<int>();
        var random = new Random(7);
        for (var i = 0; i < 1_000; i++) index.Put($"{i}", new SearchDocument().Number("rank", random.Next(50)), i);

        foreach (var isDescending in (bool[])[true, false])
        {
            SearchOrder[] order = [SearchOrder.By("rank", isDescending)];
            var all = index.Search(new() { Order = order }).Hits;
            Assert.Equal(all.Take(20), index.Search(new() { Order = order, Limit = 20 }).Hits);
        }
    }

    [Fact]
    public void Filters_and_what_lies_outside_the_index_narrow_the_hits()
    {
        Assert.Equal("b c", Found(new() { Filters = [SearchFilter.AtLeast("rank", 2)] }));
        Assert.Equal("a c", Found(new() { Filters = [SearchFilter.AtMost("rank", 2)] }));
        Assert.Equal("d", Found(new() { Filters = [SearchFilter.Is("name", "y")] }));
        Assert.Equal("a b c", Found(new() { Filters = [SearchFilter.IsNot("name", "y")] }));
        Assert.Equal("a d", Found(new() { Accept = item => item is "a" or "d" }));
    }

    [Fact]
    public void What_is_removed_is_found_no_more()
    {
        Assert.True(_index.Remove("b"));
        Assert.False(_index.Remove("b"));

        Assert.False(_index.TryGet("b", out _));
        Assert.True(_index.TryGet("c", out var item));
        Assert.Equal("c", item);
        Assert.Equal("a c d", Found(new()));
    }

    [Fact]
    public async Task Many_may_search_while_one_changes()
    {
        var index = New<int>();
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++) index.Put($"{i % 50}", new SearchDocument().Number("n", i).Keyword("k", "x"), i % 50);
        });
        var reading = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!writing.IsCompleted)
            {
                var page = index.Search(new() { Query = SearchQuery.Parse("+k:x +n:>=0") });
                Assert.Equal(page.Total, page.Hits.Select(hit => hit.Item).Distinct().Count());
            }
        }));

        await Task.WhenAll([writing, .. reading]);
        Assert.Equal(50, index.Count);
    }

    [Fact]
    public void Whatever_part_is_wanted_in_whatever_order_it_is_that_part_of_all()
    {
        var index = New<int>();
        var random = new Random(8);
        for (var i = 0; i < 300; i++)
        {
            var document = new SearchDocument();
            if (random.Next(4) > 0) document.Number("rank", random.Next(9));
            if (random.Next(4) > 0) document.Keyword("name", $"{(char)('a' + random.Next(5))}");
            if (random.Next(9) == 0) document.Keyword("rank", "text");
            index.Put($"{i}", document, i);
        }

        SearchOrder[] orders = [SearchOrder.Score, SearchOrder.By("rank"), SearchOrder.By("rank", isDescending: true), SearchOrder.By("name"), SearchOrder.By("name", isDescending: true)];
        var query = SearchQuery.Parse("_id:*1* rank:>3 name:b");
        foreach (var first in orders)
        {
            foreach (var second in orders)
            {
                SearchRequest<int> request = new() { Query = query, Order = [first, second] };
                var all = index.Search(request).Hits;
                Assert.Equal(all.Skip(7).Take(5), index.Search(request with { Offset = 7, Limit = 5 }).Hits);
                Assert.Equal(all.Skip(all.Count - 3), index.Search(request with { Offset = all.Count - 3, Limit = int.MaxValue }).Hits);
                Assert.Equal(all.Count, index.Search(request with { Limit = 0 }).Total);
            }
        }
    }

    private protected abstract ISearchIndex<T> New<T>()
        where T : notnull;

    private void Put(string id, double? rank, string? name)
    {
        var document = new SearchDocument();
        if (rank is { } number) document.Number("rank", number);
        if (name is not null) document.Keyword("name", name);
        _index.Put(id, document, id);
    }

    private string Found(SearchRequest<string> request) => string.Join(' ', _index.Search(request).Hits.Select(hit => hit.Item));
}

public sealed class OrderAndPagesInMemory : OrderAndPages
{
    private protected override ISearchIndex<T> New<T>() => new SearchIndex<T>();
}

public sealed class OrderAndPagesInLucene : OrderAndPages
{
    private protected override ISearchIndex<T> New<T>() => new LuceneSearchIndex<T>(sortable: null);
}
