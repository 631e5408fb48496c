using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Search;

namespace Nakama.Tests.Search;

/// <summary>Whatever is put, changed and removed, the index finds what looking at everything would find.</summary>
public sealed class RandomSearches
{
    private static readonly string[] Fields = ["a", "b", "c", "d.e"];
    private static readonly string[] Signs = [">", ">=", "<", "<="];
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_index_finds_what_a_look_at_everything_finds(bool isLucene) => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var index = New(isLucene);
        var documents = new List<(int Id, ILookup<string, object> Values)>();
        for (var i = 0; i < 60; i++)
        {
            var id = random.Next(30);
            documents.RemoveAll(document => document.Id == id);
            if (random.Next(4) == 0)
            {
                index.Remove(Name(id));
                continue;
            }

            var json = RandomObject(random);
            documents.Add((id, Flatten(json)));
            index.Put(Name(id), new SearchDocument().Json("v", json.ToJsonString()), id);
            // So that some of it is made visible early and the rest later.
            if (random.Next(8) == 0) Assert.Equal(documents.Count, index.Search(new()).Total);
        }

        return Enumerable.Range(0, 20).All(_ => Agrees(index, documents, RandomQuery(random)));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Packing_away_what_is_gone_changes_no_answer(bool isLucene)
    {
        var index = New(isLucene);
        var random = new Random(1);
        var documents = new List<(int Id, ILookup<string, object> Values)>();
        for (var i = 0; i < 6_000; i++)
        {
            var id = random.Next(100);
            var json = RandomObject(random);
            documents.RemoveAll(document => document.Id == id);
            documents.Add((id, Flatten(json)));
            index.Put(Name(id), new SearchDocument().Json("v", json.ToJsonString()), id);
            if (i % 50 == 0) index.Search(new() { Query = SearchQuery.Parse("v.a:x* v.b:x~1") });
        }

        Assert.Equal(documents.Count, index.Count);
        for (var i = 0; i < 200; i++) Assert.True(Agrees(index, documents, RandomQuery(random)));
    }

    [Fact]
    public void Both_engines_give_the_same_pages() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        ISearchIndex<int>[] engines = [New(isLucene: false), New(isLucene: true)];
        for (var i = 0; i < 200; i++)
        {
            var id = random.Next(150);
            var document = new SearchDocument().Json("v", RandomObject(random).ToJsonString());
            foreach (var engine in engines)
            {
                if (i % 5 == 4) engine.Remove(Name(id));
                else engine.Put(Name(id), document, id);
            }
        }

        for (var i = 0; i < 20; i++)
        {
            string[] regexes = ["x[yz]*", "(x|y)z?", "x.*", ".*z", "xy{1,2}z?", "[^x]y+", "(?i)X.", "xx|yy", "x\\.?y", "^z+"];
            var query = Text(RandomQuery(random)) + (random.Next(2) == 0 ? "" : $" +v.{Fields[random.Next(Fields.Length)]}:/{random.GetItems(regexes, 1)[0].Replace("^", "\\^", StringComparison.Ordinal)}/");
            var order = random.GetItems([SearchOrder.Score, .. Fields.SelectMany(field => (SearchOrder[])[SearchOrder.By("v." + field), SearchOrder.By("v." + field, isDescending: true)])], 2);
            SearchRequest<int> request = new()
            {
                Query = SearchQuery.Parse(query),
                Order = order,
                Filters = random.Next(3) > 0 ? [] : [SearchFilter.AtLeast("v.a", random.Next(-3, 4)), SearchFilter.IsNot("v.b", RandomWord(random))],
                Accept = random.Next(3) > 0 ? null : static id => id % 3 > 0,
                Offset = random.Next(3) * 5,
                Limit = random.Next(2) == 0 ? 10 : int.MaxValue,
            };
            var (ours, other) = (engines[0].Search(request), engines[1].Search(request));
            Assert.Equal(ours.Total, other.Total);
            Assert.Equal(ours.Hits.Select(Rounded), other.Hits.Select(Rounded));
        }

        return true;

        static (int, double) Rounded(SearchHit<int> hit) => (hit.Item, Math.Round(hit.Score, 9));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_fuzzy_scan_passes_over_nothing_that_fits() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var terms = Enumerable.Range(0, 300).Select(_ => RandomWord(random) + random.GetItems(["", "😀", "é", RandomWord(random)], 1)[0]).Distinct().Order(StringComparer.Ordinal).ToArray();
        var pattern = new FuzzyPattern(RandomWord(random) + random.GetItems(["", "😀", "😃x"], 1)[0], random.Next(3));
        var (found, scan, dead) = (new List<(string, double)>(), pattern.Scan(), (string?)null);
        foreach (var term in terms)
        {
            if (dead is not null && term.StartsWith(dead, StringComparison.Ordinal)) continue;
            if (scan.TryScore(term, out var score, out var deadLength)) found.Add((term, score));
            dead = deadLength > 0 ? term[..deadLength] : null;
        }

        Assert.Equal(terms.Where(term => pattern.TryScore(term, out _)).Select(term => (term, ScoreOf(pattern, term))), found);
        return true;

        static double ScoreOf(FuzzyPattern pattern, string term)
        {
            pattern.TryScore(term, out var score);
            return score;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_stream_gives_out_the_same_hits_one_by_one() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var rows = new SearchRows();
        var documents = AddSome(rows, random);
        RemoveSome(rows, documents, random);

        for (var i = 0; i < 20; i++)
        {
            var clauses = RandomQuery(random);
            var plan = new SearchPlan(rows, SearchQuery.Parse(Text(clauses)), []);
            AssertSame(Text(clauses), documents, clauses, [.. Stream(rows, plan)]);
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_plan_goes_on_finding_the_rows_it_was_made_for_while_others_come_and_go() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var rows = new SearchRows();
        var documents = AddSome(rows, random);
        var end = rows.End;
        var plans = Enumerable.Range(0, 10).Select(_ => RandomQuery(random))
            .Select(clauses => (Clauses: clauses, Plan: new SearchPlan(rows, SearchQuery.Parse(Text(clauses)), []))).ToArray();

        for (var round = 0; round < 3; round++)
        {
            foreach (var (clauses, plan) in plans)
                AssertSame(Text(clauses), documents, clauses, [.. Stream(rows, plan).Where(hit => hit.Row < end)]);
            AddSome(rows, random);
            RemoveSome(rows, documents, random);
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_text_is_a_query_or_is_refused(bool isLucene) => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), Seeds, (text, seed) =>
    {
        var index = New(isLucene);
        index.Put("1", new SearchDocument().Json("v", RandomObject(new Random(seed)).ToJsonString()), 1);
        foreach (var query in (string[])[text.Get, "v.a:" + text.Get, $"v.a:/{text.Get}/", SignsOnly(seed), $"v.a:/{SignsOnly(seed)}/"])
        {
            try
            {
                index.Search(new() { Query = SearchQuery.Parse(query) });
            }
            catch (SearchQueryException)
            {
                // That is an answer.
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_text_makes_no_document_fail(bool isLucene) => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
    {
        var index = New(isLucene);
        index.Put("1", new SearchDocument().Json("v", text.Get).Json("v", "{" + text.Get).Text("v", text.Get), 1);
        return index.Search(new()).Total == 1;
    }).QuickCheckThrowOnFailure();

    private static ISearchIndex<int> New(bool isLucene) => isLucene ? new LuceneSearchIndex<int>(sortable: null) : new SearchIndex<int>();

    private static List<(int Row, ILookup<string, object> Values)> AddSome(SearchRows rows, Random random)
    {
        var documents = new List<(int Row, ILookup<string, object> Values)>();
        // Of some fields there is one value only, so that ranges and scores are the simple ones.
        var isSimple = random.Next(2) == 0;
        for (var i = 0; i < 200; i++)
        {
            var json = RandomObject(random);
            if (isSimple) json["a"] = random.Next(20) / 2.0;
            documents.Add((rows.Add(new SearchDocument().Json("v", json.ToJsonString()).Values), Flatten(json)));
        }

        return documents;
    }

    private static void RemoveSome(SearchRows rows, List<(int Row, ILookup<string, object> Values)> documents, Random random)
    {
        foreach (var gone in documents.Where(_ => random.Next(3) == 0).ToArray())
        {
            rows.Remove(gone.Row);
            documents.Remove(gone);
        }
    }

    private static IEnumerable<(int Row, double Score)> Stream(SearchRows rows, SearchPlan plan)
    {
        var stream = new SearchStream(rows, plan);
        while (stream.TryNext(out var hit)) yield return (hit.Row, hit.Score);
    }

    private static bool Agrees(ISearchIndex<int> index, List<(int Id, ILookup<string, object> Values)> documents, PlainClause[] clauses)
    {
        var query = Text(clauses);
        var found = index.Search(new() { Query = SearchQuery.Parse(query) });
        AssertSame(query, documents, clauses, [.. found.Hits.Select(hit => (hit.Item, hit.Score))]);
        return found.Total == found.Hits.Count;
    }

    /// <summary>Scores are sums, whose last digits depend on the order of their parts; the hits are in the order of their own.</summary>
    private static void AssertSame(
        string query, List<(int Id, ILookup<string, object> Values)> documents, PlainClause[] clauses, (int Id, double Score)[] found)
    {
        var expected = documents.Select(document => (document.Id, Score: PlainSearch.Score(clauses, document.Values))).Where(hit => hit.Score is not null)
            .Select(hit => (hit.Id, Math.Round(hit.Score!.Value, 9))).Order();
        Assert.True(
            expected.SequenceEqual(found.Select(hit => (hit.Id, Math.Round(hit.Score, 9))).Order()),
            $"{query} found {string.Join(' ', found)} instead of {string.Join(' ', expected)}");
        var ages = documents.Select((document, age) => (document.Id, age)).ToDictionary(pair => pair.Id, pair => pair.age);
        Assert.Equal(found.OrderByDescending(hit => hit.Score).ThenBy(hit => ages[hit.Id]), found);
    }

    private static string Text(PlainClause[] clauses) => string.Join(' ', clauses.Select(clause => clause.ToString()));

    private static PlainClause[] RandomQuery(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => RandomClause(random))];

    private static PlainClause RandomClause(Random random)
    {
        var kind = random.GetItems(["term", "term", "number", "range", "range", "date", "wildcard", "fuzzy", "phrase"], 1)[0];
        var text = kind switch
        {
            "range" or "date" => Signs[random.Next(Signs.Length)],
            "wildcard" => random.GetItems(["*", "x*", "*y", "?", "??", "x*y", "*x?*"], 1)[0],
            _ => RandomWord(random),
        };
        var number = kind == "fuzzy" ? random.Next(3) : random.Next(-3, 6) / 2.0;
        var boost = random.Next(2) == 0 ? 1 : random.Next(1, 5);
        return new(random.GetItems(['+', '-', ' '], 1)[0], "v." + Fields[random.Next(Fields.Length)], kind, text, number, RandomDate(random), boost);
    }

    private static JsonObject RandomObject(Random random)
    {
        var json = new JsonObject { ["d"] = new JsonObject { ["e"] = RandomValue(random) } };
        foreach (var field in Fields.Where(field => !field.Contains('.') && random.Next(4) > 0)) json[field] = RandomValue(random);
        return json;
    }

    private static JsonNode? RandomValue(Random random) => random.Next(7) switch
    {
        0 or 1 => RandomText(random),
        2 or 3 => random.Next(-3, 6) / 2.0,
        4 => random.Next(3) == 0 ? null : random.Next(2) == 0,
        5 => RandomDate(random).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomValue(random))]),
    };

    private static string RandomText(Random random) =>
        random.Next(8) == 0 ? "1.5" : RandomWord(random);

    private static string RandomWord(Random random) => new(random.GetItems(['x', 'y', 'z'], random.Next(1, 5)));

    private static DateTime RandomDate(Random random) => new(2020, 1, 1 + random.Next(5), 0, 0, 0, DateTimeKind.Utc);

    private static ILookup<string, object> Flatten(JsonNode json) => Walk("v", json).ToLookup(pair => pair.Field, pair => pair.Value);

    private static IEnumerable<(string Field, object Value)> Walk(string field, JsonNode? node) => node switch
    {
        null => [],
        JsonObject inner => inner.SelectMany(member => Walk($"{field}.{member.Key}", member.Value)),
        JsonArray items => items.SelectMany(item => Walk(field, item)),
        _ when node.AsValue().TryGetValue<bool>(out var flag) => [(field, flag ? "T" : "F")],
        _ when node.AsValue().TryGetValue<double>(out var number) => [(field, number)],
        _ => [(field, DateTime.TryParseExact((string?)node, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : (string)node!)],
    };

    private static string SignsOnly(int seed) => new(new Random(seed).GetItems("+-:><=^~\"\\*?/()[]{}|., 1a".AsSpan(), 12));

    private static string Name(int id) => id.ToString(CultureInfo.InvariantCulture);
}
