using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Cluster;
using Nakama.Server.Matches;
using Nakama.Tests.Cluster;

namespace Nakama.Tests.Matches;

/// <summary>The nodes on which new matches of game logic live.</summary>
public sealed class PlacingMatches
{
    private const int Many = 120;

    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Matches_that_one_node_creates_spread_over_all_and_are_reached_from_it()
    {
        await using var cluster = await TestCluster.StartAsync();
        UseIn(cluster);

        var ids = new List<string>();
        for (var i = 0; i < Many; i++) ids.Add(await PlacementOf(cluster, 0).CreateAsync("test", [], Never));

        var counts = cluster.Nodes.Select(static node => node.Services.GetRequiredService<MatchRegistry>().Count).ToArray();
        Assert.Equal(Many, counts.Sum());
        Assert.All(counts, static count => Assert.InRange(count, Many / 6, Many * 3 / 5));
        await cluster.CaughtUpAsync();
        var calls = cluster.Nodes[0].Services.GetRequiredService<MatchCalls>();
        foreach (var id in ids) Assert.Equal("re:ping", await calls.SignalAsync(id, "ping", Never));
    }

    [Fact]
    public async Task A_few_matches_stay_where_they_are_created()
    {
        await using var cluster = await TestCluster.StartAsync();
        UseIn(cluster);

        for (var i = 0; i < 5; i++) await PlacementOf(cluster, 1).CreateAsync("test", [], Never);

        Assert.Equal(5, cluster.Nodes[1].Services.GetRequiredService<MatchRegistry>().Count);
    }

    [Fact]
    public async Task A_node_that_stops_places_its_matches_on_others_and_gets_none_from_them()
    {
        await using var cluster = await TestCluster.StartAsync();
        UseIn(cluster);
        cluster.Nodes[0].Services.GetRequiredService<NodeDrain>().Begin();
        await cluster.CaughtUpAsync();

        for (var i = 0; i < Many; i++) await PlacementOf(cluster, i % 3).CreateAsync("test", [], Never);

        Assert.Equal(0, cluster.Nodes[0].Services.GetRequiredService<MatchRegistry>().Count);
    }

    [Fact]
    public async Task A_match_that_another_node_cannot_begin_begins_here_and_a_refusal_by_its_handler_is_told()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Nodes[0].Services.GetRequiredService<NodeDrain>().Begin();
        await cluster.CaughtUpAsync();
        var own = new TestMatches();
        own.Add(new TestMatch());
        cluster.Nodes[0].Services.GetRequiredService<MatchRegistry>().Use([own]);

        await PlacementOf(cluster, 0).CreateAsync("test", [], Never);
        Assert.Equal(1, cluster.Nodes[0].Services.GetRequiredService<MatchRegistry>().Count);

        UseIn(cluster, static () => new TestMatch { OnInit = static () => throw new InvalidOperationException("no room") });
        var refusal = await Assert.ThrowsAsync<MatchException>(async () => await PlacementOf(cluster, 0).CreateAsync("test", [], Never));
        Assert.Equal("error creating match: no room", refusal.Message);
    }

    [Fact]
    public async Task Parameters_reach_a_handler_on_another_node_as_they_are()
    {
        await using var cluster = await TestCluster.StartAsync();
        var match = new TestMatch();
        UseIn(cluster, () => match);
        cluster.Nodes[0].Services.GetRequiredService<NodeDrain>().Begin();
        await cluster.CaughtUpAsync();
        var parameters = new Dictionary<string, object?>
        {
            ["flag"] = true,
            ["whole"] = 1L << 53,
            ["number"] = 0.5,
            ["text"] = "Éclair",
            ["data"] = new byte[] { 0, 255 },
            ["none"] = null,
            ["list"] = new List<object?> { 1L, "two", new Dictionary<string, object?> { ["three"] = 3L } },
        };

        await PlacementOf(cluster, 0).CreateAsync("test", parameters, Never);

        Assert.Equivalent(parameters, match.Parameters, strict: true);
        Assert.Equal(0, cluster.Nodes[0].Services.GetRequiredService<MatchRegistry>().Count);
    }

    [Fact]
    public void Parameters_are_read_as_they_were_written() => Prop.ForAll(Values().ToArbitrary(), static value =>
    {
        var parameters = new Dictionary<string, object?> { ["value"] = value };

        Assert.Equivalent(parameters, MatchParameterCodec.Decode(MatchParameterCodec.Encode(parameters)!), strict: true);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parameters_that_are_nested_too_deeply_have_no_message()
    {
        var parameters = new Dictionary<string, object?>();
        for (var i = 0; i < 29; i++) parameters = new() { ["inner"] = parameters };
        Assert.NotNull(MatchParameterCodec.Encode(parameters));
        var bytes = Google.Protobuf.MessageExtensions.ToByteArray(MatchParameterCodec.Encode(parameters)!);
        Assert.NotNull(Nakama.Server.Cluster.Messages.MatchParameterMap.Parser.ParseFrom(bytes));

        Assert.Null(MatchParameterCodec.Encode(new() { ["inner"] = parameters }));
        Assert.Null(MatchParameterCodec.Encode(new() { ["object"] = new object() }));
    }

    private static MatchPlacement PlacementOf(TestCluster cluster, int node) => cluster.Nodes[node].Services.GetRequiredService<MatchPlacement>();

    private static void UseIn(TestCluster cluster, Func<TestMatch>? make = null)
    {
        foreach (var node in cluster.Nodes)
        {
            var matches = new TestMatches();
            for (var i = 0; i < Many; i++) matches.Add(make?.Invoke() ?? new TestMatch(tickRate: 20));
            node.Services.GetRequiredService<MatchRegistry>().Use([matches]);
        }
    }

    private static Gen<object?> Values() => Gen.Sized(static size => ValuesOf(Math.Min(size, 4)));

    private static Gen<object?> ValuesOf(int depth)
    {
        var simple = Gen.OneOf(
            Gen.Constant((object?)null),
            ArbMap.Default.GeneratorFor<bool>().Select(static value => (object?)value),
            ArbMap.Default.GeneratorFor<long>().Select(static value => (object?)value),
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(static value => (object?)value.Get),
            Gen.Elements("", "a", "ü", "\U0001F600", "\0").Select(static value => (object?)value),
            ArbMap.Default.GeneratorFor<byte[]>().Select(static value => (object?)value));
        if (depth == 0) return simple;
        var inner = ValuesOf(depth - 1);
        return Gen.OneOf(
            simple,
            inner.ListOf(3).Select(static values => (object?)values.ToList()),
            inner.ListOf(3).Select(static values => (object?)values.Select((value, i) => ($"k{i}", value)).ToDictionary(static one => one.Item1, static one => one.value)));
    }
}
