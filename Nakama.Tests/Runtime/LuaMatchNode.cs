using Microsoft.Extensions.DependencyInjection;
using Nakama.Lua;
using Nakama.Server.Matches;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>A node with matches whose callbacks run the Lua code that a test passes to them.</summary>
public sealed class LuaMatchNode : IAsyncLifetime
{
    /// <summary>
    /// Each parameter is the code of a callback; a signal is code to run. Code gets nk, ctx, dispatcher, tick, state and the
    /// arguments.
    /// </summary>
    internal const string Scripted = """
        local nk = require("nakama")
        local M = {}
        local function compile(code) return assert(loadstring("local nk, ctx, dispatcher, tick, state, a, b = ... " .. code)) end
        local function define(name)
          M["match_" .. name] = function(ctx, dispatcher, tick, state, ...)
            if state[name] then return state[name](nk, ctx, dispatcher, tick, state, ...) end
            return state
          end
        end
        for _, name in ipairs({ "join", "leave", "loop", "terminate" }) do define(name) end
        function M.match_init(ctx, params)
          if params.init then return compile(params.init)(nk, ctx) end
          local state = { params = params }
          for name, code in pairs(params) do
            if type(code) == "string" then state[name] = compile(code) end
          end
          return state, 20, "scripted"
        end
        function M.match_join_attempt(ctx, dispatcher, tick, state, presence, metadata)
          if state.attempt then return state.attempt(nk, ctx, dispatcher, tick, state, presence, metadata) end
          return state, true
        end
        function M.match_signal(ctx, dispatcher, tick, state, data)
          if state.signal then return state.signal(nk, ctx, dispatcher, tick, state, data) end
          return state, nk.json_encode({ compile(data)(nk, ctx, dispatcher, tick, state) })
        end
        return M
        """;

    // Defines a global that a match changes, with the functions that refuse tables that interpreters share.
    private const string Globals = """
        board = { 3, 1, 2 }
        local M = require("scripted")
        local N = {}
        for name, callback in pairs(M) do N[name] = callback end
        function N.match_loop(ctx, dispatcher, tick, state, messages)
          table.insert(board, 1, tick)
          table.sort(board)
          table.remove(board)
          rounds = (rounds or 0) + 1
          return state
        end
        return N
        """;

    private const string Game = """
        local nk = require("nakama")
        nk.register_rpc(function(ctx, payload)
          local results = { pcall(assert(loadstring("local nk = ... " .. payload)), nk) }
          if not results[1] then error(results[2], 0) end
          return nk.json_encode({ results[2] })
        end, "run")
        nk.register_matchmaker_matched(function(ctx, entries)
          local made = nk.match_create("scripted", { invited = #entries })
          return made
        end)
        """;

    private const int InstructionCount = 20_000_000;

    internal ModuleServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(
        [
            ("scripted.lua", Scripted), ("globals.lua", Globals), ("game.lua", Game), ("number.lua", "return 5"),
            ("rooms/half.lua", "return { match_init = function() end }"),
        ],
        configure: static builder => builder.Services.AddSingleton(new LuaLimits { InstructionCount = InstructionCount }));

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>Begins a match whose callbacks run this code.</summary>
    public async Task<string> BeginAsync(params (string Callback, string Code)[] callbacks) => await BeginAsync("scripted", callbacks);

    public async Task<string> BeginAsync(string module, params (string Callback, string Code)[] callbacks) =>
        await Server.Server.Services.GetRequiredService<MatchRegistry>().CreateAsync(
            module, callbacks.ToDictionary(static callback => callback.Callback, static callback => (object?)callback.Code), CancellationToken.None);

    /// <summary>Runs code in a match; the JSON of the list of its results.</summary>
    public async Task<string> RunAsync(string matchId, string code) =>
        await Server.Server.Services.GetRequiredService<MatchCalls>().SignalAsync(matchId, code, CancellationToken.None);

    /// <summary>Runs code in an RPC; the JSON of its first result, in a list.</summary>
    public async Task<string> CallAsync(string code)
    {
        var (status, body) = await Server.CallAsync("run", code);
        Assert.True(status == 200, body);
        return body;
    }

    /// <summary>The message of the error that code in an RPC ends with, without its position.</summary>
    public async Task<string> FailAsync(string code)
    {
        var (status, body) = await Server.CallAsync("run", code);
        Assert.True(status == 500, body);
        return ModuleServer.MessageOf(body).Replace("<string>:1: ", "", StringComparison.Ordinal);
    }

    internal async Task<(TestPlayer Player, TestSocket Socket)> OpenAsync()
    {
        var player = await Server.Server.AuthenticateAsync();
        return (player, await Server.Server.OpenSocketAsync(player));
    }

    internal bool IsRunning(string matchId) =>
        MatchStream.TryParse(matchId, out var stream) && Server.Server.Services.GetRequiredService<MatchRegistry>().Find(stream.Subject) is not null;
}
