using BenchmarkDotNet.Attributes;
using Nakama.Server.Cluster;
using Nakama.Server.Matchmaking;

namespace Nakama.Benchmarks;

/// <summary>Tickets with a string, a number and a query with two bounds, among other such tickets.</summary>
[MemoryDiagnoser]
public class TicketBenchmarks
{
    private const int Skills = 1_000_000;
    private const int Window = 5_000;
    private const int Pairs = 1_000;

    private readonly Random _random = new(1);
    private BenchmarkNode? _node;
    private Matchmaker? _matchmaker;
    private MatchmakerInterval? _rounds;
    private BenchmarkSession? _session;
    private MatchmakerCriteria? _criteria;

    /// <summary>The number of tickets that already wait without opponents.</summary>
    [Params(1_000, 50_000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _node = new BenchmarkNode();
        (_matchmaker, _rounds) = (_node.Get<Matchmaker>(), _node.Get<MatchmakerInterval>());
        for (var i = 0; i < Waiting; i++) Take(Criteria("duel", "nobody"));
        _session = _node.Open();
        _criteria = Criteria("duel", "nobody");
    }

    [GlobalCleanup]
    public void End() => _node?.Dispose();

    [Benchmark]
    public bool AddAndRemove()
    {
        var ticket = _matchmaker!.Add([MatchmakerPresence.Of(_session!, _node!.Get<LocalNode>())], "", _criteria!);
        return _matchmaker.RemoveOfSession(_session!.Id, ticket);
    }

    [IterationSetup(Target = nameof(MatchAndTell))]
    public void AddPairs()
    {
        for (var i = 0; i < Pairs * 2; i++) Take(Criteria("ffa", "ffa"));
    }

    /// <summary>A round, per ticket: indexing, searching, matching and notifying.</summary>
    [Benchmark(OperationsPerInvoke = Pairs * 2)]
    public async Task<int> MatchAndTell() => await _rounds!.RunAsync(CancellationToken.None);

    private void Take(MatchmakerCriteria criteria) =>
        _matchmaker!.Add([MatchmakerPresence.Of(_node!.Open(), _node.Get<LocalNode>())], "", criteria);

    private MatchmakerCriteria Criteria(string mode, string wanted)
    {
        var skill = _random.Next(Skills);
        return MatchmakerCriteria.Check(
            2, 2, null, $"+properties.mode:{wanted} +properties.skill:>={skill - Window} +properties.skill:<={skill + Window}",
            new Dictionary<string, string> { ["mode"] = mode }, new Dictionary<string, double> { ["skill"] = skill });
    }
}
