using System.Diagnostics;
using Nakama.Tests.Cluster.Faults;
using Nakama.Tests.Cluster.Processes;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using Npgsql;
using Xunit.Abstractions;

namespace Nakama.Tests.Long;

/// <summary>
/// Nodes that are killed again and again. How many seconds the second test takes can be set by the environment variable
/// <c>NAKAMA_CLUSTER_SOAK_SECONDS</c>; by default ten minutes.
/// </summary>
[Trait("Category", "Long")]
[Collection(nameof(Alone))]
public sealed class KillingNodes(ITestOutputHelper output)
{
    private const int Nodes = 3;
    private const int Kills = 10;
    private const int Players = 24;
    private const int SoakSeconds = 600;
    private static readonly TimeSpan KillPeriod = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Ten_times_the_owner_of_the_matchmaker_is_killed_and_another_node_matches()
    {
        await using var world = await World.StartAsync();
        var (left, matched, whole) = (new List<double>(), new List<double>(), new List<double>());
        for (var kill = 1; kill <= Kills; kill++)
        {
            var owner = await world.OwnerAsync();
            var others = Enumerable.Range(1, Nodes).Where(number => number != owner).ToArray();
            await using var anna = await FaultPlayer.OpenAsync(world.Cluster[others[0]]);
            await using var ben = await FaultPlayer.OpenAsync(world.Cluster[others[1]]);
            await using var lost = await FaultPlayer.OpenAsync(world.Cluster[owner]);
            var match = (await anna.Socket.AskAsync("\"match_create\":{}")).GetProperty("match").GetProperty("match_id").GetString()!;
            await lost.Socket.AskAsync($$""" "match_join":{"match_id":"{{match}}"} """);

            var clock = Stopwatch.StartNew();
            await world.Cluster[owner].SignalAsync("KILL");
            await anna.FindAsync(2);
            await ben.FindAsync(2);
            await Task.WhenAll(Note(left, anna.SeesLeaveOfAsync(lost)), Note(matched, ben.FoundAsync()));
            await world.Cluster[owner].WaitForExitAsync();
            clock.Restart();
            await world.Cluster.StartNodeAsync(owner);
            await Note(whole, world.Cluster.WholeAsync());

            async Task Note(List<double> seconds, Task what)
            {
                await what;
                lock (seconds) seconds.Add(clock.Elapsed.TotalSeconds);
            }
        }

        Print("leave seen after", left);
        Print("matched by the next owner after", matched);
        Print("started again and whole after", whole);
    }

    [Fact]
    public async Task Players_come_and_go_for_ten_minutes_while_a_node_is_killed_each_minute_and_nothing_is_lost_or_left_behind()
    {
        var duration = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("NAKAMA_CLUSTER_SOAK_SECONDS"), out var seconds) ? seconds : SoakSeconds);
        var period = duration / 3 < KillPeriod ? duration / 3 : KillPeriod;
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var world = await World.StartAsync();
        await using var load = await ClusterLoad.StartAsync(world.Cluster, Nodes, Players, seed);
        var whole = new List<double>();

        for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration;)
        {
            await Task.Delay(period);
            var number = random.Next(Nodes) + 1;
            var kill = Stopwatch.StartNew();
            await world.Cluster[number].SignalAsync("KILL");
            await world.Cluster[number].WaitForExitAsync();
            await world.Cluster.StartNodeAsync(number);
            await world.Cluster.WholeAsync();
            whole.Add(kill.Elapsed.TotalSeconds);
            await load.AllProceedAsync();
        }

        await load.StopAsync();
        output.WriteLine($"{whole.Count} kills, {load.Summary}");
        Print("started again and whole after", whole);
        Assert.Empty(await load.FindLostAsync(world.ConnectionString));
        foreach (var number in Enumerable.Range(1, Nodes)) await NobodyIsLeftAsync(world.Cluster[number]);
        Assert.True(world.Cluster.Errors.Length == 0, string.Join("\n", world.Cluster.Errors));
    }

    /// <summary>Waits until a newcomer finds nobody else in the room.</summary>
    private static async Task NobodyIsLeftAsync(ServerProcess node)
    {
        var player = await node.AuthenticateAsync();
        await SocketNode.UntilAsync(async () =>
        {
            await using var socket = await node.OpenSocketAsync(player);
            var joined = await socket.AskAsync($$""" "channel_join":{"target":"{{ClusterLoad.Room}}","type":1,"persistence":true} """);
            await socket.CloseAsync();
            return !joined.GetProperty("channel").TryGetProperty("presences", out var presences)
                || presences.EnumerateArray().All(presence => presence.GetProperty("user_id").GetGuid() == player.UserId);
        });
    }

    private void Print(string what, List<double> seconds)
    {
        seconds.Sort();
        output.WriteLine($"{what}: typically {seconds[seconds.Count / 2]:F1} s, at most {seconds[^1]:F1} s");
    }

    /// <summary>Three nodes with a database and the modules of the players.</summary>
    private sealed record World(ProcessCluster Cluster, DirectoryInfo Modules, string ConnectionString) : IAsyncDisposable
    {
        public static async Task<World> StartAsync()
        {
            var modules = await ClusterLoad.CreateModulesAsync();
            var database = await Postgres.CreateDatabaseAsync();
            var postgres = await Postgres.ServerAsync();
            var cluster = await ProcessCluster.StartAsync(
                postgres.Address(database), static _ => ProcessPlace.Here, () => Postgres.DropDatabaseAsync(database), Nodes,
                "--runtime.path", modules.FullName, "--session.token_expiry_sec", "7200",
                "--matchmaker.interval_sec", "1", "--matchmaker.max_intervals", "1000");
            return new World(cluster, modules, postgres.ConnectionString(database));
        }

        /// <summary>The node that has taken the last term of the matchmaker and runs.</summary>
        public async Task<int> OwnerAsync()
        {
            var owner = 0;
            await SocketNode.UntilAsync(async () =>
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand("SELECT node FROM nakama_net.cluster_term WHERE work = 'matchmaker'", connection);
                var name = (string?)await command.ExecuteScalarAsync();
                owner = Enumerable.Range(1, Nodes).FirstOrDefault(number => ProcessCluster.NameOf(number) == name);
                return owner > 0 && !Cluster[owner].HasExited;
            });
            return owner;
        }

        public async ValueTask DisposeAsync()
        {
            await Cluster.DisposeAsync();
            Modules.Delete(recursive: true);
        }
    }
}
