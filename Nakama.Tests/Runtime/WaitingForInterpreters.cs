using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Runtime;
using Npgsql;

namespace Nakama.Tests.Runtime;

/// <summary>What callers get while every interpreter is busy. A function is kept busy by a lock of the database.</summary>
public sealed class WaitingForInterpreters
{
    private const string Module = """
        local nk = require("nakama")
        nk.register_rpc(function() nk.sql_exec("SELECT pg_advisory_xact_lock(4711)", {}) return "done" end, "wait")
        nk.register_rpc(function(ctx, payload) return payload end, "echo")
        nk.register_req_before(function(ctx, request) return request end, "UpdateAccount")
        nk.register_rt_before(function(ctx, envelope) return envelope end, "StatusUpdate")
        """;

    private const string WaitingSql = """
        SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
        """;

    [Fact]
    public async Task A_call_that_has_waited_long_enough_is_told_to_come_again()
    {
        await using var server = await StartAsync(static options => options with { CallQueueWaitMs = 100 });
        var player = await server.Server.AuthenticateAsync();
        await using var socket = await server.Server.OpenSocketAsync(player);
        var busy = await BusyAsync(server);

        var (status, body) = await server.CallAsync("echo", "too late");
        var hooked = await server.SendAsync(player.Bearer, HttpMethod.Put, "/v2/account");
        var message = await socket.AskAsync("\"status_update\":{\"status\":\"here\"}");
        var call = await socket.AskAsync("\"rpc\":{\"id\":\"echo\"}");

        const string text = "All Lua interpreters are busy. Try again later.";
        Assert.Equal((503, text), (status, ModuleServer.MessageOf(body)));
        Assert.Equal((503, 14, text), (hooked.Status, hooked.Body.GetProperty("code").GetInt32(), hooked.Body.GetProperty("message").GetString()));
        Assert.Equal((7, text), (message.GetProperty("error").GetProperty("code").GetInt32(), message.GetProperty("error").GetProperty("message").GetString()));
        Assert.Equal((7, text), (call.GetProperty("error").GetProperty("code").GetInt32(), call.GetProperty("error").GetProperty("message").GetString()));
        Assert.Equal((200, "done"), await busy.EndAsync());
        Assert.Equal((200, "again"), await server.CallAsync("echo", "again"));
    }

    [Fact]
    public async Task One_more_than_may_wait_is_refused_at_once()
    {
        await using var server = await StartAsync(static options => options with { CallQueueSize = 1, CallQueueWaitMs = 600_000 });
        var busy = await BusyAsync(server);

        var (one, other) = (server.CallAsync("echo", "waited"), server.CallAsync("echo", "waited"));
        var refused = await Task.WhenAny(one, other);

        var (status, body) = await refused;
        Assert.Equal((503, "Too many calls wait for a Lua interpreter. Try again later."), (status, ModuleServer.MessageOf(body)));
        Assert.Equal((200, "done"), await busy.EndAsync());
        Assert.Equal((200, "waited"), await (refused == one ? other : one));
    }

    private static Task<ModuleServer> StartAsync(Func<RuntimeOptions, RuntimeOptions> change) =>
        ModuleServer.StartAsync(Module, options => change(options with { LuaMinCount = 1, LuaMaxCount = 1 }));

    /// <summary>Makes the only interpreter wait.</summary>
    private static async Task<Busy> BusyAsync(ModuleServer server)
    {
        var database = server.Server.Services.GetRequiredService<NpgsqlDataSource>();
        var connection = await database.OpenConnectionAsync();
        await RunAsync(connection, "SELECT pg_advisory_lock(4711)");
        var call = server.CallAsync("wait");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var waiting = new NpgsqlCommand(WaitingSql, connection);
        while (await waiting.ExecuteScalarAsync(limit.Token) is false) await Task.Delay(20, limit.Token);
        return new(connection, call);
    }

    private sealed record Busy(NpgsqlConnection Connection, Task<(int Status, string Body)> Call)
    {
        /// <summary>Lets the function go on, and returns what it answers.</summary>
        public async Task<(int Status, string Body)> EndAsync()
        {
            await RunAsync(Connection, "SELECT pg_advisory_unlock(4711)");
            await Connection.DisposeAsync();
            return await Call;
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
