using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;

namespace Nakama.Tests.Runtime;

public sealed class BoardCallbacks
{
    private const string Module = """
        local nk = require("nakama")
        nk.register_leaderboard_reset(function(ctx, board, reset) seen = nk.json_encode({ ctx.execution_mode, board, reset }) end)
        nk.register_tournament_end(function(ctx, tournament, ends, reset) seen = nk.json_encode({ ctx.execution_mode, tournament.start_active, ends, reset }) end)
        nk.register_tournament_reset(function(ctx, tournament, ends, reset) return "too much" end)
        nk.register_rpc(function() return seen end, "seen")
        """;

    [Fact]
    public async Task Modules_hear_of_periods_that_are_over()
    {
        await using var server = await ModuleServer.StartAsync(Module);
        var callbacks = server.Server.Services.GetRequiredService<LeaderboardCallbacks>();

        await callbacks.LeaderboardReset!(new() { Id = "l", SortOrder = 1, Operator = Operator.Set, NextReset = 7, Metadata = "{\"a\":1}" }, 9, CancellationToken.None);
        Assert.Equal(
            """["leaderboard_reset",{"authoritative":false,"id":"l","metadata":{"a":1},"next_reset":"7","operator":"set","prev_reset":"0","sort_order":"1"},9]""",
            (await server.CallAsync("seen")).Body);

        await callbacks.TournamentEnd!(new() { Id = "t", StartActive = 5, Metadata = "{}" }, 6, 7, CancellationToken.None);
        Assert.Equal("""["tournament_end",5,6,7]""", (await server.CallAsync("seen")).Body);

        var error = await Assert.ThrowsAsync<ApiException>(async () => await callbacks.TournamentReset!(new() { Id = "t", Metadata = "{}" }, 6, 7, CancellationToken.None));
        Assert.Equal("Unexpected return type from runtime Tournament Reset hook, must be nil.", error.Message);
    }
}
