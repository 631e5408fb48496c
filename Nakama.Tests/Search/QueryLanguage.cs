using Nakama.Server.Search;

namespace Nakama.Tests.Search;

/// <summary>Which documents the clauses of a query find, and how good they find them, in both engines.</summary>
public abstract class QueryLanguage
{
    private const string Everything = "a b c d e";

    private readonly ISearchIndex<string> _index;

    protected QueryLanguage(ISearchIndex<string> index)
    {
        _index = index;
        Put("a", """{"mode":"ffa","tags":["x"],"on":true,"rank":5}""");
        Put("b", """{"mode":"free for all","tags":["x","y:z"],"in":{"ner":"v"},"rank":-3.5,"when":"2020-01-01"}""");
        Put("c", """{"mode":"tdm","on":false,"rank":7,"when":"2024-05-01T10:00:00Z"}""");
        Put("d", """{"mode":"","rank":"5","numbers":[1,2,3],"none":null}""");
        Put("e", """{"lines":"a\nb","face":"😀","a b":"x"}""");

        void Put(string id, string label) => index.Put(id, new SearchDocument().Json("label", label), id);
    }

    [Theory]
    // Everything, nothing, and what only looks like everything.
    [InlineData("", Everything)]
    [InlineData("*", Everything)]
    [InlineData(" *", "")]
    [InlineData("* ", "")]
    [InlineData("+*", "")]
    [InlineData("free", "")]
    [InlineData("5", "")]
    [InlineData("\"free\"", "")]
    // Terms are whole, case-sensitive texts.
    [InlineData("label.mode:ffa", "a")]
    [InlineData("label.mode:FFA", "")]
    [InlineData("label.mode:free", "")]
    [InlineData(@"label.mode:free\ for\ all", "b")]
    [InlineData(@"label.mode:free\ for*", "b")]
    [InlineData("label.mode:\"ffa\"", "")]
    [InlineData("label.mode:", null)]
    [InlineData("label.tags:x", "a b")]
    [InlineData(@"label.tags:y\:z", "b")]
    [InlineData("label.tags:y:z", null)]
    [InlineData("label.in.ner:v", "b")]
    [InlineData("label.on:T", "a")]
    [InlineData("label.on:F", "c")]
    [InlineData("label.on:true", "")]
    [InlineData(@"label.a\ b:x", "e")]
    [InlineData(@"label.ff\a:x", "")]
    [InlineData("label . mode:ffa", "")]
    [InlineData("label.mode : ffa", "a")]
    // AND, OR, NOT and brackets are plain text.
    [InlineData("label.mode:ffa AND label.mode:none", "a")]
    [InlineData("(label.mode:ffa)", "")]
    // Numbers, and texts that are written like one.
    [InlineData("label.rank:5", "a d")]
    [InlineData("label.rank:5.0", "a")]
    [InlineData("label.rank:-3.5", "b")]
    [InlineData("label.rank:>5", "c")]
    [InlineData("label.rank:>=5", "a c")]
    [InlineData("label.rank:<5", "b")]
    [InlineData("label.rank:<=5", "a b")]
    [InlineData("label.rank:>-4", "a b c")]
    [InlineData("label.rank:> 5", "c")]
    [InlineData("label.rank:1e1", "")]
    [InlineData("label.rank:+5", null)]
    [InlineData("label.rank:=5", null)]
    [InlineData("label.rank:>5x", null)]
    [InlineData("label.rank:>2020-01-01", null)]
    [InlineData("label.rank:٥", null)]
    // Dates are no text.
    [InlineData("label.when:>\"2023-01-01T00:00:00Z\"", "c")]
    [InlineData("label.when:>=\"2024-05-01T12:00:00+02:00\"", "c")]
    [InlineData("label.when:>\"2024-05-01T10:00:00Z\"", "")]
    [InlineData("label.when:<\"2023-01-01T00:00:00Z\"", "b")]
    [InlineData("label.when:<\"2023-01-01\"", null)]
    [InlineData("label.when:2020-01-01", "")]
    [InlineData("label.when:20*", "")]
    [InlineData("label.when:*", "c b")]
    // Wildcards.
    [InlineData("label.mode:f*", "a b")]
    [InlineData("label.mode:f?a", "a")]
    [InlineData("label.mode:?", "")]
    [InlineData("label.mode:*e?for*all", "b")]
    [InlineData(@"label.mode:f\*", "a b")]
    [InlineData("label.lines:*", "")]
    [InlineData("label.face:?", "e")]
    [InlineData("label.face:??", "")]
    // Regular expressions.
    [InlineData("label.mode:/f+a/", "a")]
    [InlineData("label.mode:/f/", "")]
    [InlineData("label.mode:/.*/", "a b c d")]
    [InlineData(@"label.mode:/\^ffa/", "a")]
    [InlineData("label.mode:/(?i)FFA|tdm/", "a c")]
    [InlineData(@"label.mode:/[a-f]{3}/", "a")]
    [InlineData("label.mode:/", null)]
    [InlineData("label.face:/./", "e")]
    // Fuzzy terms.
    [InlineData("label.mode:ffb~", "a")]
    [InlineData("label.mode:afb~2", "a")]
    [InlineData("label.mode:fa~1", "a")]
    [InlineData("label.mode:tmd~1", "c")]
    [InlineData("label.mode:ffa~0", "a")]
    [InlineData("label.mode:ffb~x", null)]
    [InlineData("label.mode:ffb~1^3", null)]
    [InlineData("label.mode:ffb^3~1", null)]
    // Musts, shoulds and must-nots.
    [InlineData("label.mode:ffa label.mode:tdm", "a c")]
    [InlineData("+label.tags:x +label.mode:ffa", "a")]
    [InlineData("+label.tags:x label.mode:tdm", "a b")]
    [InlineData("+label.tags:x -label.mode:ffa", "b")]
    [InlineData("-label.mode:ffa", "b c d e")]
    [InlineData("-label.mode:ffa label.tags:x", "b")]
    [InlineData("+label.tags:x +nothing", "")]
    [InlineData("+label.tags:x nothing", "a b")]
    [InlineData("+", null)]
    [InlineData("   ", null)]
    [InlineData("123:x", null)]
    [InlineData("\"open", null)]
    [InlineData("label.mode:ffa^x", null)]
    public void A_query_finds_what_it_says(string query, string? expected)
    {
        if (expected is null) Assert.True(Assert.Throws<SearchQueryException>(() => SearchQuery.Parse(query)).IsSyntax);
        else Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), Find(query).Select(hit => hit.Item).Order());
    }

    [Theory]
    [InlineData("*", "a", 1)]
    [InlineData("-label.mode:none", "a", 1)]
    [InlineData("label.mode:ffa", "a", 1)]
    [InlineData("label.mode:ffa^3", "a", 9)]
    [InlineData("label.rank:5^3", "a", 3)]
    [InlineData("label.rank:>=5^3", "a", 3)]
    [InlineData("label.when:>\"2023-01-01T00:00:00Z\"^5", "c", 1)]
    [InlineData("label.mode:f*^3", "a", 3)]
    [InlineData("label.tags:*^2", "b", 4)]
    [InlineData("label.numbers:*", "d", 48)]
    [InlineData("label.numbers:>1", "d", 2)]
    [InlineData("label.mode:/f+a/^3", "a", 3)]
    [InlineData("label.mode:ffa~1 ^2", "a", 4)]
    [InlineData("label.mode:ffab~1", "a", 1 - (1 / 3.0))]
    [InlineData("+label.mode:ffa label.tags:x^2 label.rank:5", "a", 6)]
    [InlineData("label.mode:ffa^", "a", 1)]
    public void A_hit_is_as_good_as_its_clauses_make_it(string query, string item, double score) =>
        Assert.Equal(score, Find(query).Single(hit => hit.Item == item).Score, 12);

    [Theory]
    [InlineData("label.mode:/(/")]
    [InlineData("label.mode:/a+?/")]
    [InlineData(@"label.mode:/\bffa/")]
    [InlineData("label.mode:/ffa$/")]
    [InlineData("label.mode:/(?=f)fa/")]
    [InlineData(@"label.mode:/(f)\\1/")]
    [InlineData("label.mode:ffa~3")]
    [InlineData("label.mode:ffa~-1")]
    public void What_cannot_be_searched_can_be_read_but_not_run(string text)
    {
        var query = SearchQuery.Parse(text);

        Assert.NotNull(query.Fault);
        Assert.False(Assert.Throws<SearchQueryException>(() => _index.Search(new() { Query = query })).IsSyntax);
    }

    [Fact]
    public void A_query_may_be_long_but_not_endless()
    {
        Assert.Throws<SearchQueryException>(() => SearchQuery.Parse(new string('x', 40_000)));
        Assert.Throws<SearchQueryException>(() => SearchQuery.Parse(string.Concat(Enumerable.Repeat("a:b ", 2_000))));
        Assert.NotNull(SearchQuery.Parse($"a:{new string('x', 300)}~1").Fault);
        Assert.NotNull(SearchQuery.Parse(string.Concat(Enumerable.Range(0, 64).Select(i => $"a:{i}* "))).Fault);
    }

    private IReadOnlyList<SearchHit<string>> Find(string query) => _index.Search(new() { Query = SearchQuery.Parse(query) }).Hits;
}

public sealed class QueryLanguageInMemory() : QueryLanguage(new SearchIndex<string>());

public sealed class QueryLanguageInLucene() : QueryLanguage(new LuceneSearchIndex<string>(sortable: null));
