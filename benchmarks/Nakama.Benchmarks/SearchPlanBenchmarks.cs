using BenchmarkDotNet.Attributes;
using Nakama.Server.Search;

namespace Nakama.Benchmarks;

/// <summary>A parsed query: planned for an index of 10 000 documents, and run for its best hit and for all hits.</summary>
[MemoryDiagnoser]
public class SearchPlanBenchmarks
{
    private const int Documents = 10_000;

    private readonly SearchRows _rows = new();
    private SearchQuery _query = SearchQuery.All;

    [Params(
        "*",
        "+mode:m3",
        "+mode:m3 +skill:>=4900 +skill:<=5100",
        "mode:m3 region:r1^4",
        "+name:player42*",
        "+skill:>=2500 -mode:m1 -mode:m2 -mode:m3 region:r1 region:r2")]
    public string Query { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        for (var i = 0; i < Documents; i++)
        {
            _rows.Add(new SearchDocument()
                .Keyword("name", $"player{i}")
                .Keyword("mode", $"m{random.Next(10)}")
                .Keyword("region", $"r{random.Next(5)}")
                .Number("skill", random.Next(Documents)).Values);
        }

        _query = SearchQuery.Parse(Query);
    }

    [Benchmark]
    public bool BestHit() => new SearchStream(_rows, new SearchPlan(_rows, _query, [])).TryNext(out _);

    [Benchmark]
    public int AllHits()
    {
        var hits = new SearchStream(_rows, new SearchPlan(_rows, _query, [], isExhaustive: true));
        var count = 0;
        while (hits.TryNext(out _)) count++;
        return count;
    }
}
