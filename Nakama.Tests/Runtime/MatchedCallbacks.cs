using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Errors;
using Nakama.Server.Matchmaking;
using Nakama.Server.Search;
using Ticket = Nakama.Server.Matchmaking.MatchmakerTicket;

namespace Nakama.Tests.Runtime;

/// <summary>What modules are told of matches that are made, and what they may answer.</summary>
public sealed class MatchedCallbacks(MatchedCallbacks.Node node) : IClassFixture<MatchedCallbacks.Node>
{
    private const string Module = """
        local nk = require("nakama")
        nk.register_matchmaker_matched(function(ctx, entries)
          if entries[1].properties.keep then kept = nk.json_encode({ ctx.execution_mode, entries }) end
          return entries[1].properties.answer
        end)
        nk.register_rpc(function(ctx) return kept end, "kept")
        """;

    [Fact]
    public async Task Players_who_were_matched_are_shown_with_what_they_asked_for()
    {
        var matchId = $"{Guid.NewGuid()}.node";

        Assert.Equal(matchId, await MatchedAsync(new() { StringProperties = { ["answer"] = matchId, ["keep"] = "me" }, NumericProperties = { ["rank"] = 2.5 } }));
        Assert.Matches(
            """^\["matchmaker",\[\{"party_id":"party.here","presence":\{"node":"here","session_id":"[0-9a-f-]{36}","user_id":"[0-9a-f-]{36}","username":"anna"\},"properties":\{"answer":"[^"]*","keep":"me","rank":2.5\}\}\]\]$""",
            (await node.Server.CallAsync("kept")).Body);
    }

    [Fact]
    public async Task Without_an_answer_players_play_among_themselves() => Assert.Null(await MatchedAsync(new()));

    [Fact]
    public async Task Only_the_id_of_a_match_is_an_answer()
    {
        var text = await Assert.ThrowsAsync<ApiException>(async () => await MatchedAsync(new() { StringProperties = { ["answer"] = "nonsense" } }));
        Assert.Equal("Invalid return value from runtime Matchmaker Matched hook, not a valid match ID.", text.Message);

        var number = await Assert.ThrowsAsync<ApiException>(async () => await MatchedAsync(new() { NumericProperties = { ["answer"] = 5 } }));
        Assert.Equal("Unexpected return type from runtime Matchmaker Matched hook, must be string or nil.", number.Message);
    }

    private async Task<string?> MatchedAsync(MatchmakerAdd add)
    {
        (add.MinCount, add.MaxCount) = (2, 2);
        var ticket = new Ticket(
            Guid.NewGuid().ToString(), NodeId.Local,
            [new(Guid.NewGuid(), Guid.NewGuid(), "anna", "here")], "party.here", MatchmakerCriteria.Of(add), SearchQuery.All, DateTimeOffset.UnixEpoch);
        return await node.Server.Server.Services.GetRequiredService<MatchmakerHooks>().Matched!(MadeMatch.Of([ticket]).Entries, default);
    }

    public sealed class Node : IAsyncLifetime
    {
        internal ModuleServer Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(Module);

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
