using System.Globalization;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster.Processes;

/// <summary>Nodes in processes of their own on one database, which find each other through it.</summary>
public sealed class ProcessCluster : IAsyncDisposable
{
    private readonly string _address;
    private readonly Func<int, ProcessPlace> _placeOf;
    private readonly Func<Task> _drop;
    private readonly string[] _arguments;
    private readonly Dictionary<string, ServerProcess> _nodes = new(StringComparer.Ordinal);

    private ProcessCluster(string address, Func<int, ProcessPlace> placeOf, Func<Task> drop, string[] arguments) =>
        (_address, _placeOf, _drop, _arguments) = (address, placeOf, drop, arguments);

    public ServerProcess this[int number]
    {
        get
        {
            lock (_nodes) return _nodes[NameOf(number)];
        }
    }

    public IEnumerable<ServerProcess> Running => Snapshot().Select(static node => node.Value).Where(static node => !node.HasExited);

    /// <summary>All that the nodes have logged, for messages of failed tests.</summary>
    public string Output => string.Join('\n', Snapshot().Select(static node => $"--- {node.Key} {node.Value.State}\n{node.Value.Output}"));

    /// <summary>The errors that the nodes which are there now have logged.</summary>
    public string[] Errors => [.. Output.Split('\n').Where(static line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal))];

    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"node{number}");

    /// <summary>Starts nodes at the same time and waits until each sees all others.</summary>
    /// <param name="count">The number of nodes.</param>
    /// <param name="arguments">Flags in addition to those that make them a cluster.</param>
    public static async Task<ProcessCluster> StartAsync(int count = 3, params string[] arguments)
    {
        var postgres = await Postgres.ServerAsync();
        var database = await Postgres.CreateDatabaseAsync();
        return await StartAsync(postgres.Address(database), static _ => ProcessPlace.Here, () => Postgres.DropDatabaseAsync(database), count, arguments);
    }

    /// <summary>The same with a database of the caller.</summary>
    /// <param name="address">The <c>database.address</c>.</param>
    /// <param name="placeOf">Where the node with a number runs, asked at each of its starts.</param>
    /// <param name="drop">Called when the nodes have ended.</param>
    /// <param name="count">The number of nodes.</param>
    /// <param name="arguments">Flags in addition to those that make them a cluster.</param>
    public static async Task<ProcessCluster> StartAsync(
        string address, Func<int, ProcessPlace> placeOf, Func<Task> drop, int count, params string[] arguments)
    {
        var cluster = new ProcessCluster(address, placeOf, drop, arguments);
        try
        {
            var starts = Enumerable.Range(1, count).Select(number => cluster.StartNodeAsync(number)).ToArray();
            await Task.WhenAll(starts);
            await cluster.WholeAsync();
            return cluster;
        }
        catch (Exception e)
        {
            var output = cluster.Output;
            await cluster.DisposeAsync();
            throw new InvalidOperationException($"The cluster did not start.\n{output}", e);
        }
    }

    /// <summary>Starts a node and waits until it answers clients; it takes the place of one with the same number.</summary>
    public async Task<ServerProcess> StartNodeAsync(int number, params string[] arguments)
    {
        var place = _placeOf(number);
        var node = await ServerProcess.StartInAsync(place, _address, ArgumentsOf(place, NameOf(number), arguments));
        ServerProcess? before;
        lock (_nodes)
        {
            _nodes.Remove(NameOf(number), out before);
            _nodes[NameOf(number)] = node;
        }

        if (before is not null) await before.DisposeAsync();
        return node;
    }

    /// <summary>Runs a node that is not expected to become a member, to its end.</summary>
    public Task<(int ExitCode, string Output)> RunNodeAsync(string name, params string[] arguments) => ServerProcess.RunAsync(
    [
        "--database.address", _address, "--socket.address", "127.0.0.1", "--console.address", "127.0.0.1",
        "--socket.port", Text(FreePorts.WithNeighbour(1)), "--console.port", Text(FreePorts.WithNeighbour(3)),
        "--data_dir", Path.Combine(Path.GetTempPath(), "nakama-tests"), .. ArgumentsOf(ProcessPlace.Here, name, arguments),
    ]);

    /// <summary>Waits until every running node has all other running ones as members, and no others.</summary>
    public Task WholeAsync() => SocketNode.UntilAsync(() => IsWhole);

    /// <summary>Whether every running node has all other running ones as members, and no others.</summary>
    public bool IsWhole
    {
        get
        {
            var running = Snapshot().Where(static node => !node.Value.HasExited).ToArray();
            return running.All(node => MembersOf(node.Value).Order(StringComparer.Ordinal)
                .SequenceEqual(running.Select(static other => other.Key).Where(name => name != node.Key).Order(StringComparer.Ordinal)));
        }
    }

    /// <summary>The other members of a node, as it has logged them coming and going.</summary>
    public static IReadOnlyCollection<string> MembersOf(ServerProcess node)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in node.Output.Split('\n'))
        {
            if (NodeIn(line, "joined the cluster") is { } joined) members.Add(joined);
            if (NodeIn(line, "left the cluster") is { } left) members.Remove(left);
        }

        return members;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, node) in Snapshot())
        {
            await node.SignalAsync("CONT");
            await node.DisposeAsync();
        }

        await _drop();
    }

    private KeyValuePair<string, ServerProcess>[] Snapshot()
    {
        lock (_nodes) return [.. _nodes];
    }

    private string[] ArgumentsOf(ProcessPlace place, string name, string[] arguments) =>
        ["--name", name, "--cluster.enabled=true", "--cluster.host", place.Host, "--cluster.port", "0", .. _arguments, .. arguments];

    private static string? NodeIn(string line, string what)
    {
        if (!line.Contains(what, StringComparison.Ordinal)) return null;
        using var json = System.Text.Json.JsonDocument.Parse(line);
        return json.RootElement.GetProperty("node").GetString();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
