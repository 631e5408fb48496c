using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Matchmaking;
using Nakama.Tests.ConsoleApi;
using Npgsql;

namespace Nakama.Tests.Runtime;

/// <summary>Modules whose files change while the node runs.</summary>
public sealed class LoadingModulesAgain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task New_calls_run_on_new_code_and_functions_that_are_gone_are_called_no_more()
    {
        await using var server = await StartAsync("""
            local nk = require("nakama")
            nk.register_rpc(function() return "one" end, "which")
            nk.register_rpc(function() return "old" end, "old")
            nk.register_req_before(function(ctx, request) error({ "old hook", 9 }) end, "GetAccount")
            nk.register_http(function() return { body = "old page" } end, "/old")
            nk.register_matchmaker_matched(function() end)
            nk.register_job(function() end, "old", "@yearly")
            """);
        var player = await server.Server.AuthenticateAsync();
        Assert.Equal(400, (await server.SendAsync(player.Bearer, HttpMethod.Get, "/v2/account")).Status);
        Assert.Equal("old page", await server.Server.Http.GetStringAsync(new Uri("/old", UriKind.Relative)));

        await ChangeAsync(server, """
            local nk = require("nakama")
            nk.register_rpc(function() return "two" end, "which")
            nk.register_rpc(function() return "new" end, "new")
            nk.register_rpc(function() return nk.json_encode(nk.jobs_list()) end, "jobs")
            nk.register_http(function() return { body = "new page" } end, "/new")
            """);
        await WaitAsync(server, "which", "two");

        Assert.Equal((200, "new"), await server.CallAsync("new"));
        Assert.Equal(404, (await server.CallAsync("old")).Status);
        Assert.Equal(200, (await server.SendAsync(player.Bearer, HttpMethod.Get, "/v2/account")).Status);
        Assert.Equal("new page", await server.Server.Http.GetStringAsync(new Uri("/new", UriKind.Relative)));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await server.Server.Http.GetAsync(new Uri("/old", UriKind.Relative))).StatusCode);
        Assert.Null(server.Server.Services.GetRequiredService<MatchmakerHooks>().Matched);
        Assert.Equal((200, "{}"), await server.CallAsync("jobs"));
        Assert.Contains(server.Server.Log.Lines, static line => line.Text.StartsWith("New calls and matches run on version 2-", StringComparison.Ordinal));
        Assert.Equal(["jobs", "new", "which"], await FunctionsOnTheConsoleAsync(server));
    }

    [Fact]
    public async Task A_call_that_has_begun_finishes_on_the_code_with_which_it_began()
    {
        await using var server = await StartAsync("""
            local nk = require("nakama")
            local version = "one"
            nk.register_rpc(function() return version end, "which")
            nk.register_rpc(function()
              nk.storage_write({ { collection = "c", key = "begun", value = {} } })
              while #nk.storage_read({ { collection = "c", key = "go_on" } }) == 0 do end
              return version
            end, "wait")
            """);
        var waiting = server.CallAsync("wait");
        await ChangeAsync(server, """
            local nk = require("nakama")
            nk.register_rpc(function() return "two" end, "which")
            nk.register_rpc(function()
              if #nk.storage_read({ { collection = "c", key = "begun" } }) == 0 then return "not yet" end
              nk.storage_write({ { collection = "c", key = "go_on", value = {} } })
              return "done"
            end, "go_on")
            """);
        await WaitAsync(server, "which", "two");

        await WaitAsync(server, "go_on", "done");

        Assert.Equal((200, "one"), await waiting);
    }

    [Fact]
    public async Task A_running_match_finishes_on_the_code_with_which_it_began()
    {
        const string Begin = """
            local nk = require("nakama")
            nk.register_rpc(function() return nk.match_create("game", {}) end, "begin")
            nk.register_rpc(function(ctx, id) return nk.match_signal(id, "?") end, "ask")
            """;
        await using var server = await StartAsync(("game.lua", Game("one")), ("rpcs.lua", Begin));
        var first = (await server.CallAsync("begin")).Body;
        Assert.Equal((200, "one"), await server.CallAsync("ask", first));

        File.WriteAllText(Path.Combine(server.Folder, "game.lua"), Game("two"));
        await ChangeAsync(server, """require("nakama").register_rpc(function() return "two" end, "which")""", "which.lua");
        await WaitAsync(server, "which", "two");
        var second = (await server.CallAsync("begin")).Body;

        Assert.Equal((200, "two"), await server.CallAsync("ask", second));
        Assert.Equal((200, "one"), await server.CallAsync("ask", first));
    }

    [Fact]
    public async Task A_module_that_fails_to_load_leaves_the_old_one_running_and_says_why()
    {
        await using var server = await StartAsync("""require("nakama").register_rpc(function() return "one" end, "which")""");

        await ChangeAsync(server, "local x = = 5");
        await LoggedAsync(server, "The changed Lua modules are not loaded, version 1-");
        Assert.Contains(server.Server.Log.Lines, static line => line.Text.Contains("game.lua", StringComparison.Ordinal) && line.Text.Contains("not loaded", StringComparison.Ordinal));
        Assert.Equal((200, "one"), await server.CallAsync("which"));

        await ChangeAsync(server, """require("nakama").register_rpc(function() return "three" end, "which")""");
        await WaitAsync(server, "which", "three");
    }

    [Fact]
    public async Task Sockets_see_new_hooks()
    {
        await using var server = await StartAsync("""require("nakama").register_rpc(function() return "one" end, "which")""");
        var player = await server.Server.AuthenticateAsync();
        await using var socket = await server.Server.OpenSocketAsync(player);

        await ChangeAsync(server, """
            local nk = require("nakama")
            nk.register_rpc(function() return "two" end, "which")
            nk.register_rt_before(function(ctx, envelope) error({ "not today", 9 }) end, "StatusUpdate")
            """);
        await WaitAsync(server, "which", "two");

        Assert.Contains("not today", (await socket.AskAsync("\"status_update\":{\"status\":\"x\"}")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_storage_index_is_filled_and_its_filter_asked()
    {
        await using var server = await StartAsync("""
            local nk = require("nakama")
            nk.storage_write({ { collection = "c", key = "one", value = { level = 1 } }, { collection = "c", key = "two", value = { level = 2 } } })
            nk.register_rpc(function() return "one" end, "which")
            """);

        await ChangeAsync(server, """
            local nk = require("nakama")
            nk.register_storage_index("levels", "c", "", { "level" }, {}, 100)
            nk.register_storage_index_filter("levels", function(ctx, write) return write.key ~= "two" end)
            nk.register_rpc(function() return "two" end, "which")
            nk.register_rpc(function()
              nk.storage_write({ { collection = "c", key = "three", value = { level = 3 } } })
              local keys = {}
              for _, object in ipairs(nk.storage_index_list("levels", "", 10, {})) do keys[#keys + 1] = object.key end
              table.sort(keys)
              return table.concat(keys, ",")
            end, "find")
            """);
        await WaitAsync(server, "which", "two");

        await WaitAsync(server, "find", "one,three");
    }

    [Fact]
    public async Task A_storage_index_that_is_refused_leaves_the_old_code_running()
    {
        await using var server = await StartAsync("""require("nakama").register_rpc(function() return "one" end, "which")""");

        await ChangeAsync(server, """
            local nk = require("nakama")
            nk.register_storage_index("good", "c", "", { "level" }, {}, 100)
            nk.register_storage_index("bad", "c", "", {}, {}, 100)
            nk.register_rpc(function() return "two" end, "which")
            """);
        await LoggedAsync(server, "The changed Lua modules are not loaded, version 1-");
        Assert.Equal((200, "one"), await server.CallAsync("which"));

        // No part of what was refused is left.
        await ChangeAsync(server, """
            local nk = require("nakama")
            nk.register_storage_index("good", "other", "", { "name" }, {}, 10)
            nk.register_rpc(function() return "three" end, "which")
            """);
        await WaitAsync(server, "which", "three");
        await LoggedAsync(server, "Storage index good holds 0 objects");
    }

    [Fact]
    public async Task A_storage_index_that_could_not_be_filled_is_filled_later()
    {
        await using var server = await StartAsync("""
            local nk = require("nakama")
            nk.storage_write({ { collection = "c", key = "one", value = { level = 1 } } })
            nk.register_rpc(function() return "one" end, "which")
            """);
        var database = server.Server.Services.GetRequiredService<NpgsqlDataSource>();
        await ExecuteAsync(database, "ALTER TABLE storage RENAME TO storage_away");

        await ChangeAsync(server, """
            local nk = require("nakama")
            nk.register_storage_index("levels", "c", "", { "level" }, {}, 100)
            nk.register_rpc(function() return "two" end, "which")
            nk.register_rpc(function()
              local keys = {}
              for _, object in ipairs(nk.storage_index_list("levels", "", 10, {})) do keys[#keys + 1] = object.key end
              return table.concat(keys, ",")
            end, "find")
            """);
        await LoggedAsync(server, "Storage index levels is not filled; this is tried again");
        Assert.Equal((200, "two"), await server.CallAsync("which"));
        await ExecuteAsync(database, "ALTER TABLE storage_away RENAME TO storage");

        await WaitAsync(server, "find", "one");
    }

    [Fact]
    public async Task Without_the_setting_changes_are_not_looked_at()
    {
        await using var server = await ModuleServer.StartAsync("""require("nakama").register_rpc(function() return "one" end, "which")""");
        await using var other = await StartAsync("""require("nakama").register_rpc(function() return "one" end, "which")""");

        const string Changed = """require("nakama").register_rpc(function() return "two" end, "which")""";
        await ChangeAsync(server, Changed);
        await ChangeAsync(other, Changed);
        await WaitAsync(other, "which", "two");

        Assert.Equal((200, "one"), await server.CallAsync("which"));
    }

    private static string Game(string version) => $$"""
        return {
          match_init = function() return {}, 1, "" end,
          match_join_attempt = function(ctx, dispatcher, tick, state) return state, true end,
          match_join = function(ctx, dispatcher, tick, state) return state end,
          match_leave = function(ctx, dispatcher, tick, state) return state end,
          match_loop = function(ctx, dispatcher, tick, state) return state end,
          match_terminate = function(ctx, dispatcher, tick, state) return state end,
          match_signal = function(ctx, dispatcher, tick, state) return state, "{{version}}" end,
        }
        """;

    private static Task<ModuleServer> StartAsync(string source) => StartAsync(("game.lua", source));

    private static Task<ModuleServer> StartAsync(params (string Path, string Text)[] files) =>
        ModuleServer.StartAsync(files, static options => options with { HotReload = true });

    private static Task ChangeAsync(ModuleServer server, string source, string file = "game.lua") =>
        File.WriteAllTextAsync(Path.Combine(server.Folder, file), source);

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task WaitAsync(ModuleServer server, string id, string expected)
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await server.CallAsync(id, "", patience.Token)).Body != expected) await Task.Delay(50, patience.Token);
    }

    private static async Task LoggedAsync(ModuleServer server, string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!server.Server.Log.Lines.Any(line => line.Text.Contains(text, StringComparison.Ordinal))) await Task.Delay(50, patience.Token);
    }

    private static async Task<IEnumerable<string>> FunctionsOnTheConsoleAsync(ModuleServer server)
    {
        using var console = ConsoleCaller.Basic(server.Server, "admin", "password");
        var (_, body) = await console.GetAsync("/v2/console/runtime");
        var file = Assert.Single(body.GetProperty("lua_modules").EnumerateArray());
        Assert.EndsWith("game.lua", file.GetProperty("path").GetString(), StringComparison.Ordinal);
        return JsonSerializer.Deserialize<string[]>(body.GetProperty("lua_rpc_functions").GetRawText())!.Order(StringComparer.Ordinal);
    }
}
