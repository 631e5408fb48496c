using System.Collections.Concurrent;
using System.Net.WebSockets;
using Nakama.Tests.Cluster.Processes;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Cluster.Faults;

/// <summary>
/// Players on all nodes who store objects, earn coins and chat, and connect to any node again when they have lost theirs or like to
/// change it; with a ledger of everything that was acknowledged to them.
/// </summary>
internal sealed class ClusterLoad : IAsyncDisposable
{
    /// <summary>A module for the nodes, by which players store objects and earn coins.</summary>
    public const string Module = """
        local nk = require("nakama")
        nk.register_rpc(function(context, payload)
          nk.wallet_update(context.user_id, { coins = 1 }, {}, true)
          return payload
        end, "earn")
        nk.register_rpc(function(context, payload)
          local acks = nk.storage_write({ { collection = "load", key = payload, user_id = context.user_id, value = { key = payload } } })
          return acks[1].version
        end, "store")
        """;

    public const string Room = "load";

    private const int LongestStay = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ProcessCluster _cluster;
    private readonly int _nodes;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<(Guid User, string Key), string> _stored = [];
    private readonly ConcurrentDictionary<Guid, (int Sure, int Asked)> _coins = [];
    private readonly ConcurrentBag<Guid> _messages = [];
    private readonly int[] _progress;
    private readonly Task[] _playing;
    private int _connections;

    private ClusterLoad(ProcessCluster cluster, int nodes, IReadOnlyList<TestPlayer> players, int seed)
    {
        (_cluster, _nodes) = (cluster, nodes);
        _progress = new int[players.Count];
        _playing = [.. players.Select((player, index) => Task.Run(() => PlayAsync(player, index, new Random(seed + index))))];
    }

    /// <summary>How many objects, coins and messages were acknowledged, and how many sockets there were.</summary>
    public string Summary => $"{_stored.Count} objects, {_coins.Values.Sum(static coins => coins.Sure)} coins, {_messages.Count} messages over {_connections} sockets";

    public static async Task<ClusterLoad> StartAsync(ProcessCluster cluster, int nodes, int players, int seed)
    {
        var all = new List<TestPlayer>();
        while (all.Count < players) all.Add(await cluster[(all.Count % nodes) + 1].AuthenticateAsync());
        return new ClusterLoad(cluster, nodes, all, seed);
    }

    /// <summary>Writes <see cref="Module"/> to a folder for <c>runtime.path</c>.</summary>
    public static async Task<DirectoryInfo> CreateModulesAsync()
    {
        var folder = Directory.CreateTempSubdirectory("nakama-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "load.lua"), Module);
        return folder;
    }

    /// <summary>Waits until every player has done some more: none of them is stuck.</summary>
    public async Task AllProceedAsync()
    {
        var before = _progress.ToArray();
        await Realtime.SocketNode.UntilAsync(() => Enumerable.Range(0, before.Length).All(player => Volatile.Read(ref _progress[player]) >= before[player] + 5));
    }

    /// <summary>Lets all players finish what they do, and close their sockets.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_playing);
    }

    /// <summary>Compares the database with what was acknowledged.</summary>
    /// <returns>What is missing.</returns>
    public async Task<IReadOnlyList<string>> FindLostAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        var stored = await ReadAsync(database, "SELECT user_id, key, version FROM storage WHERE collection = 'load'", static row => ((row.GetGuid(0), row.GetString(1)), row.GetString(2)));
        var messages = await ReadAsync(database, "SELECT id FROM message", static row => (row.GetGuid(0), true));
        var coins = await ReadAsync(database, "SELECT id, COALESCE((wallet->>'coins')::INT, 0) FROM users", static row => (row.GetGuid(0), row.GetInt32(1)));
        return
        [
            .. _stored.Where(ack => stored.GetValueOrDefault(ack.Key) != ack.Value).Select(static ack => $"object {ack.Key}"),
            .. _messages.Where(id => !messages.ContainsKey(id)).Select(static id => $"message {id}"),
            .. _coins.Where(player => coins[player.Key] < player.Value.Sure || coins[player.Key] > player.Value.Asked)
                .Select(player => $"coins of {player.Key}: {coins[player.Key]}, acknowledged {player.Value.Sure}, asked for {player.Value.Asked}"),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private static async Task<Dictionary<TKey, TValue>> ReadAsync<TKey, TValue>(NpgsqlDataSource database, string sql, Func<NpgsqlDataReader, (TKey, TValue)> read)
        where TKey : notnull
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<TKey, TValue>();
        while (await reader.ReadAsync())
        {
            var (key, value) = read(reader);
            rows.Add(key, value);
        }

        return rows;
    }

    private async Task PlayAsync(TestPlayer player, int index, Random random)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var socket = await _cluster[random.Next(_nodes) + 1].OpenSocketAsync(player);
                Interlocked.Increment(ref _connections);
                await LiveAsync(player, socket, index, random);
                await socket.CloseAsync();
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException or HttpRequestException or IOException)
            {
                // The node is not there, or has just gone: another one, as a client would do it.
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>Some requests over one socket.</summary>
    private async Task LiveAsync(TestPlayer player, TestSocket socket, int index, Random random)
    {
        var channel = (await socket.AskAsync($$""" "channel_join":{"target":"{{Room}}","type":1,"persistence":true} """)).GetProperty("channel").GetProperty("id").GetString()!;
        for (var requests = random.Next(1, LongestStay); requests > 0 && !_stop.IsCancellationRequested; requests--)
        {
            await (random.Next(3) switch
            {
                0 => StoreAsync(player, socket),
                1 => EarnAsync(player, socket),
                _ => ChatAsync(channel, socket),
            });
            Interlocked.Increment(ref _progress[index]);
            socket.DropEvents();
            await Task.Delay(Pause);
        }
    }

    private async Task StoreAsync(TestPlayer player, TestSocket socket)
    {
        var key = Unique.Name("k");
        var answer = await socket.AskAsync($$""" "rpc":{"id":"store","payload":"{{key}}"} """);
        if (answer.TryGetProperty("rpc", out var done)) _stored[(player.UserId, key)] = done.GetProperty("payload").GetString()!;
    }

    private async Task EarnAsync(TestPlayer player, TestSocket socket)
    {
        _coins.AddOrUpdate(player.UserId, (0, 1), static (_, coins) => coins with { Asked = coins.Asked + 1 });
        var answer = await socket.AskAsync("\"rpc\":{\"id\":\"earn\",\"payload\":\"\"}");
        if (answer.TryGetProperty("rpc", out _)) _coins.AddOrUpdate(player.UserId, (1, 1), static (_, coins) => coins with { Sure = coins.Sure + 1 });
    }

    private async Task ChatAsync(string channel, TestSocket socket)
    {
        var answer = await socket.AskAsync($$""" "channel_message_send":{"channel_id":"{{channel}}","content":"{\"text\":\"hello\"}"} """);
        if (answer.TryGetProperty("channel_message_ack", out var ack)) _messages.Add(ack.GetProperty("message_id").GetGuid());
    }
}
