using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Server.Matchmaking;
using Nakama.Server.Search;
using Nakama.Server.Wire.Api;
using Nakama.Server.Wire.Realtime;
using Ticket = Nakama.Server.Matchmaking.MatchmakerTicket;

namespace Nakama.Tests.Runtime;

/// <summary>What modules are told of matches that are made, and of rounds that end and begin.</summary>
public sealed class GameCallbacks(GameCallbacks.Node node) : IClassFixture<GameCallbacks.Node>
{
    private const string Module = """
        local nk = require("nakama")
        local function keep(ctx, ...) nk.localcache_put(ctx.execution_mode, nk.json_encode({ ... })) end
        nk.register_leaderboard_reset(keep)
        nk.register_tournament_end(keep)
        nk.register_tournament_reset(function(ctx, ...) keep(ctx, ...) return "something" end)
        nk.register_matchmaker_matched(function(ctx, entries)
          keep(ctx, entries)
          return entries[1].properties.answer
        end)
        nk.register_rpc(function(ctx, mode) return nk.localcache_get(mode) end, "kept")
        """;

    private static readonly Tournament Cup = new()
    {
        Id = "cup", Title = "Cup", SortOrder = 1, Operator = Operator.Set, MaxSize = 4, Size = 2, MaxNumScore = 3, Duration = 60, StartActive = 10, EndActive = 70,
        NextReset = 100, Metadata = """{"k":1}""", CreateTime = new() { Seconds = 1 }, StartTime = new() { Seconds = 2 },
    };

    private LeaderboardCallbacks Callbacks => node.Server.Server.Services.GetRequiredService<LeaderboardCallbacks>();

    [Fact]
    public async Task A_leaderboard_that_resets_is_shown_with_its_times_as_texts()
    {
        await Callbacks.LeaderboardReset!(
            new() { Id = "weekly", Authoritative = true, Operator = Operator.Increment, PrevReset = 5, NextReset = 9, Metadata = "{}", CreateTime = new() { Seconds = 1 } }, 9, default);

        Assert.Equal(
            """[{"authoritative":true,"create_time":1,"id":"weekly","metadata":{},"next_reset":"9","operator":"increment","prev_reset":"5","sort_order":"0"},9]""",
            await KeptAsync("leaderboard_reset"));
    }

    [Fact]
    public async Task A_tournament_that_ends_is_shown_with_the_beginning_of_its_round()
    {
        await Callbacks.TournamentEnd!(Cup, 70, 100, default);

        Assert.Equal(
            """[{"can_enter":false,"category":0,"create_time":1,"description":"","duration":60,"end_active":70,"id":"cup","max_num_score":3,"max_size":4,"metadata":{"k":1},"next_reset":100,"operator":"set","size":2,"sort_order":"1","start_active":10,"start_time":2,"title":"Cup"},70,100]""",
            await KeptAsync("tournament_end"));
    }

    [Fact]
    public async Task A_hook_that_returns_something_fails()
    {
        var error = await Assert.ThrowsAsync<ApiError>(async () => await Callbacks.TournamentReset!(Cup, 70, 100, default));

        Assert.Equal("Unexpected return type from runtime Tournament Reset hook, must be nil.", error.Message);
        Assert.DoesNotContain("start_active", await KeptAsync("tournament_reset"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Players_who_were_matched_are_shown_with_what_they_asked_for()
    {
        var matchId = $"{Guid.NewGuid()}.node";

        Assert.Equal(matchId, await MatchedAsync(new() { StringProperties = { ["answer"] = matchId }, NumericProperties = { ["rank"] = 2.5 } }));
        Assert.Matches(
            """^\[\[\{"party_id":"party.here","presence":\{"node":"here","session_id":"[0-9a-f-]{36}","user_id":"[0-9a-f-]{36}","username":"anna"\},"properties":\{"answer":"[^"]*","rank":2.5\}\}\]\]$""",
            await KeptAsync("matchmaker"));
    }

    [Fact]
    public async Task Without_an_answer_players_play_among_themselves() => Assert.Null(await MatchedAsync(new()));

    [Fact]
    public async Task Only_the_id_of_a_match_is_an_answer()
    {
        var text = await Assert.ThrowsAsync<ApiError>(async () => await MatchedAsync(new() { StringProperties = { ["answer"] = "nonsense" } }));
        Assert.Equal("Invalid return value from runtime Matchmaker Matched hook, not a valid match ID.", text.Message);

        var number = await Assert.ThrowsAsync<ApiError>(async () => await MatchedAsync(new() { NumericProperties = { ["answer"] = 5 } }));
        Assert.Equal("Unexpected return type from runtime Matchmaker Matched hook, must be string or nil.", number.Message);
    }

    private async Task<string?> MatchedAsync(MatchmakerAdd add)
    {
        (add.MinCount, add.MaxCount) = (2, 2);
        var ticket = new Ticket(
            [new(Guid.NewGuid(), Guid.NewGuid(), "anna", "here")], "party.here", MatchmakerCriteria.Of(add), SearchQuery.All, DateTimeOffset.UnixEpoch);
        return await node.Server.Server.Services.GetRequiredService<MatchmakerHooks>().Matched!(MadeMatch.Of([ticket]).Entries, default);
    }

    private async Task<string> KeptAsync(string mode) => (await node.Server.CallAsync("kept", mode)).Body;

    public sealed class Node : IAsyncLifetime
    {
        internal ModuleServer Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(Module);

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
