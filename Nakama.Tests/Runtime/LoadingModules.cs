using Nakama.Server.Errors;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

public sealed class LoadingModules
{
    [Fact]
    public async Task Modules_are_named_after_their_paths_and_can_require_each_other()
    {
        await using var server = await ModuleServer.StartAsync([
            ("main.lua", """
                local nk = require("nakama")
                local deep = require("sub.deep.other")
                nk.register_rpc(function() return deep.word .. "/" .. tostring(require("plain")) end, "word")
                """),
            ("sub/deep/other.LUA", "return { word = 'deep' .. (...) }"),
            ("plain.lua", "local x = 1"),
        ]);

        Assert.Equal((200, "deepsub.deep.other/true"), await server.CallAsync("word"));
    }

    [Fact]
    public async Task A_module_that_sorts_before_the_first_to_require_it_runs_twice()
    {
        await using var server = await ModuleServer.StartAsync([
            ("a.lua", "runs_a = (runs_a or 0) + 1 return {}"),
            ("b.lua", "require('a') require('c')"),
            ("c.lua", "runs_c = (runs_c or 0) + 1 return {}"),
            ("d.lua", "require('nakama').register_rpc(function() return runs_a .. runs_c end, 'runs')"),
        ]);

        Assert.Equal((200, "21"), await server.CallAsync("runs"));
    }

    [Fact]
    public async Task Of_two_functions_with_one_name_the_last_wins()
    {
        await using var server = await ModuleServer.StartAsync([
            ("a.lua", "require('nakama').register_rpc(function() return 'first' end, 'Which')"),
            ("b.lua", "require('nakama').register_rpc(function() return 'last' end, 'which')"),
        ]);

        Assert.Equal((200, "last"), await server.CallAsync("WHICH"));
    }

    [Fact]
    public async Task The_log_names_every_function_that_clients_can_call()
    {
        await using var server = await ModuleServer.StartAsync("require('nakama').register_rpc(function() end, 'daily_reward')");

        Assert.Contains(server.Server.Log.Lines, static line => line.Text == "Registered Lua runtime RPC function invocation daily_reward");
    }

    [Fact]
    public async Task A_function_for_once_runs_once_whoever_asks_for_it()
    {
        await using var server = await ModuleServer.StartAsync(
            [
                ("a.lua", """
                    local nk = require("nakama")
                    times, mode = 0, ""
                    nk.run_once(function(ctx) times = times + 1 mode = ctx.execution_mode end)
                    nk.run_once(function() times = times + 10 end)
                    nk.register_rpc(function() nk.run_once(function() times = times + 100 end) return mode .. times end, "times")
                    """),
            ]);

        Assert.Equal((200, "run_once1"), await server.CallAsync("times"));
    }

    [Fact]
    public async Task A_module_that_is_no_Lua_keeps_the_node_from_starting_and_says_where()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => ModuleServer.StartAsync("local x =\n= 1"));

        Assert.Contains("game.lua", error.Message, StringComparison.Ordinal);
        Assert.Contains("line:2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_fails_keeps_the_node_from_starting_and_says_where()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => ModuleServer.StartAsync("\n\nlocal x = nil + 1"));

        Assert.Contains("game.lua:3: cannot perform add operation between nil and number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_nobody_has_is_named()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => ModuleServer.StartAsync("require('nobody')"));

        Assert.Contains("module nobody not found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_s_values_reach_every_function()
    {
        await using var server = await ModuleServer.StartAsync(
            "local nk = require('nakama') nk.register_rpc(function(ctx) return ctx.env.A .. ctx.env.B .. nk.get_context().env.A end, 'env')",
            runtime => runtime with { Env = ["A=1", "B=x=y", "A=2"] });

        Assert.Equal((200, "2x=y2"), await server.CallAsync("env"));
    }

    [Fact]
    public async Task Modules_can_be_checked_without_running_them()
    {
        var good = ModuleServer.WriteModules(("good.lua", "error('never runs')"));
        var bad = ModuleServer.WriteModules(("bad.lua", "if then"));
        var script = ModuleServer.WriteModules(("index.js", "function InitModule( {"));
        try
        {
            (int code, string output) = await ServerProcess.RunAsync("check", "--runtime.path", script);
            Assert.Equal(1, code);
            Assert.Contains("index.js:1:", output, StringComparison.Ordinal);
            Assert.Equal(0, (await ServerProcess.RunAsync("check", "--runtime.path", good)).ExitCode);
            (code, output) = await ServerProcess.RunAsync("check", "--runtime.path", bad);
            Assert.Equal(1, code);
            Assert.Contains("bad.lua line:1", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(good, recursive: true);
            Directory.Delete(bad, recursive: true);
            Directory.Delete(script, recursive: true);
        }
    }

    [Fact]
    public async Task By_default_all_interpreters_share_the_variables_of_the_modules()
    {
        await using var server = await ModuleServer.StartAsync("""
            local count = 0
            require("nakama").register_rpc(function() count = count + 1 return tostring(count) end, "count")
            """);

        var counts = new List<string>();
        for (var i = 0; i < 5; i++) counts.Add((await server.CallAsync("count")).Body);

        Assert.Equal(["1", "2", "3", "4", "5"], counts);
    }

    [Fact]
    public async Task Interpreters_that_share_nothing_take_turns()
    {
        await using var server = await ModuleServer.StartAsync(
            """
            local count = 0
            require("nakama").register_rpc(function() count = count + 1 return tostring(count) end, "count")
            """,
            runtime => runtime with { LuaReadOnlyGlobals = false, LuaMinCount = 3, LuaMaxCount = 3 });

        var counts = new List<string>();
        for (var i = 0; i < 6; i++) counts.Add((await server.CallAsync("count")).Body);

        Assert.Equal(["1", "1", "1", "2", "2", "2"], counts);
    }
}
