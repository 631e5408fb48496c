using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Matches;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>The memory of a Lua match without members, with everything that finds and schedules it.</summary>
[Collection(nameof(Alone))]
public sealed class LuaMatchMemory
{
    private const int Count = 500;
    private const double MostKiB = 20;

    private const string Arena = """
        local nk = require("nakama")
        local M = {}
        function M.match_init(ctx, params) return { board = { 0, 0, 0, 0, 0, 0, 0, 0, 0 }, players = {} }, 1, nk.json_encode({ mode = "arena", n = params.n }) end
        function M.match_join_attempt(ctx, dispatcher, tick, state) return state, true end
        for _, name in ipairs({ "join", "leave", "loop", "terminate", "signal" }) do M["match_" .. name] = function(ctx, dispatcher, tick, state) return state end end
        return M
        """;

    [Fact]
    public async Task A_match_takes_20_KiB_at_most()
    {
        await using var server = await ModuleServer.StartAsync([("arena.lua", Arena)]);
        var registry = server.Server.Services.GetRequiredService<MatchRegistry>();
        await CreateAsync(registry, 20);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await CreateAsync(registry, Count);

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / Count;
        Assert.True(each <= MostKiB, $"{each:0.0} KiB each");
        Assert.Equal(Count + 20, registry.Count);
    }

    private static async Task CreateAsync(MatchRegistry registry, int count)
    {
        for (var i = 0; i < count; i++) await registry.CreateAsync("arena", new() { ["n"] = (long)i }, CancellationToken.None);
    }
}
