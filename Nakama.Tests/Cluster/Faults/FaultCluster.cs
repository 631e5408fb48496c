using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Nakama.Tests.Cluster.Processes;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using Npgsql;
using Xunit.Abstractions;

namespace Nakama.Tests.Cluster.Faults;

/// <summary>Tests that share a cluster of which nodes are cut off: they run sequentially after all others have ended.</summary>
[CollectionDefinition(nameof(CutClusters), DisableParallelization = true)]
public sealed class CutClusters : ICollectionFixture<FaultCluster>;

/// <summary>
/// Three nodes, each in a network namespace of its own and started again when it has ended, with a database of their own.
/// </summary>
public sealed class FaultCluster : IAsyncLifetime
{
    public const int Count = 3;

    /// <summary>The name of the matchmaker as a work that has an owner.</summary>
    private const string Matchmaker = "matchmaker";

    private const string Database = "postgres";

    private readonly ConcurrentDictionary<int, int> _clocks = [];
    private readonly List<FaultPlayer> _players = [];
    private FaultNetwork _network = null!;
    private ProcessCluster _nodes = null!;
    private NodeKeeper _keeper = null!;

    internal FaultNetwork Network => _network;

    /// <summary>The database of the nodes.</summary>
    public PostgresServer Postgres { get; private set; } = null!;

    public ServerProcess this[int number] => _nodes[number];

    /// <summary>Whether all nodes run and know each other.</summary>
    public bool IsWhole => _nodes.Running.Count() == Count && _nodes.IsWhole;

    public static IEnumerable<int> Numbers => Enumerable.Range(1, Count);

    public async Task InitializeAsync()
    {
        _network = await FaultNetwork.CreateAsync(Count);
        Postgres = await PostgresServer.StartAsync(_network.DatabaseAddress);
        await TestHost.Postgres.MigrateAsync(Postgres.ConnectionString(Database));
        // Requests without a database are answered after some seconds, so that the tests are short.
        var address = $"Host={_network.DatabaseAddress};Port={Postgres.Port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database={Database};Timeout=3;Command Timeout=3;Cancellation Timeout=500";
        _nodes = await ProcessCluster.StartAsync(
            address, PlaceOf, static () => Task.CompletedTask, Count,
            "--matchmaker.interval_sec", "1", "--matchmaker.max_intervals", "1000", "--session.token_expiry_sec", "7200");
        _keeper = NodeKeeper.Start(_nodes, Count);
    }

    public async Task DisposeAsync()
    {
        if (_network is not null) await _network.HealAsync();
        if (_keeper is not null) await _keeper.DisposeAsync();
        if (_nodes is not null) await _nodes.DisposeAsync();
        if (Postgres is not null) await Postgres.DisposeAsync();
        if (_network is not null) await _network.DisposeAsync();
    }

    /// <summary>Removes what an earlier test has left, and waits until all nodes run, know each other, and one of them owns the matchmaker.</summary>
    public async Task ReadyAsync()
    {
        foreach (var player in _players) await player.DisposeAsync();
        _players.Clear();
        await _network.HealAsync();
        await WholeAsync();
        await UntilAsync(async () => await OwnerAsync() is var (_, owner) && _nodes[owner].ExitCode is null);
        _keeper.TakeEnded();
    }

    /// <summary>Heals the network and tells how long it takes until all nodes are one cluster again.</summary>
    public async Task HealAsync(ITestOutputHelper output, string fault)
    {
        var clock = Stopwatch.StartNew();
        await _network.HealAsync();
        await WholeAsync();
        output.WriteLine($"{fault}: whole {clock.Elapsed.TotalSeconds:F1} s after the end of it");
    }

    public Task WholeAsync() => UntilAsync(() => Task.FromResult(IsWhole));

    /// <summary>Waits for a condition; fails with what the nodes have said.</summary>
    public async Task UntilAsync(Func<Task<bool>> happened)
    {
        try
        {
            await SocketNode.UntilAsync(happened);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"This did not happen.\n{_nodes.Output}", e);
        }
    }

    /// <summary>Which nodes have ended with which code since this was asked, or since the beginning of the test.</summary>
    public IReadOnlyList<(int Number, int ExitCode)> TakeEnded() => _keeper.TakeEnded();

    /// <summary>Starts a node again with a clock that is so many seconds ahead of the others; once, until it is started again.</summary>
    public async Task SetClockAsync(int number, int seconds)
    {
        _clocks[number] = seconds;
        var before = _nodes[number];
        await before.SignalAsync("TERM");
        await UntilAsync(() => Task.FromResult(_nodes[number] != before && IsWhole));
        _clocks.TryRemove(number, out _);
    }

    /// <summary>The term of the matchmaker and the number of the node that has taken it; null before the first.</summary>
    public async Task<(long Term, int Number)?> OwnerAsync()
    {
        await using var connection = new NpgsqlConnection(Postgres.ConnectionString(Database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT term, node FROM nakama_net.cluster_term WHERE work = $1", connection);
        command.Parameters.AddWithValue(Matchmaker);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync()) return null;
        var (term, node) = (reader.GetInt64(0), reader.GetString(1));
        return (term, Numbers.Single(number => ProcessCluster.NameOf(number) == node));
    }

    /// <summary>The nodes beside one.</summary>
    public static int[] Others(int number) => [.. Numbers.Where(other => other != number)];

    /// <summary>A player on a node, a new one if none is given. Its socket closes with the next test at the latest.</summary>
    public async Task<FaultPlayer> OpenAsync(int number, TestPlayer? player = null)
    {
        var opened = await FaultPlayer.OpenAsync(_nodes[number], player);
        _players.Add(opened);
        return opened;
    }

    /// <summary>Players on these nodes who are in one match.</summary>
    public async Task<FaultPlayer[]> OpenMatchAsync(params int[] numbers)
    {
        var players = new List<FaultPlayer>();
        foreach (var number in numbers) players.Add(await OpenAsync(number));
        var match = (await players[0].Socket.AskAsync("\"match_create\":{}")).GetProperty("match").GetProperty("match_id").GetString()!;
        players[0].Match = match;
        foreach (var player in players[1..])
        {
            await player.Socket.AskAsync($$""" "match_join":{"match_id":"{{match}}"} """);
            player.Match = match;
        }

        return [.. players];
    }

    private ProcessPlace PlaceOf(int number)
    {
        var place = _network.PlaceOf(number);
        return _clocks.TryGetValue(number, out var seconds) ? place with { Command = [.. place.Command, "env", .. FakeClock.Variables(seconds)] } : place;
    }
}
