using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Cluster;
using Nakama.Server.Errors;
using Nakama.Server.Matchmaking;
using Nakama.Server.Search;
using Ticket = Nakama.Server.Matchmaking.MatchmakerTicket;

namespace Nakama.Tests.Runtime;

/// <summary>Modules that choose which players play with each other.</summary>
public sealed class ChoosingMatches
{
    private const string Override = """
        local nk = require("nakama")
        nk.register_matchmaker_override(function(ctx, candidates)
          assert(ctx.execution_mode == "matchmaker_override")
          local answer = candidates[1][1].properties.answer
          if answer == "nothing" then return {} end
          if answer == "none" then return end
          if answer == "fails" then error("no") end
          if answer == "stranger" then return { { { ticket = "x", presence = { session_id = nk.uuid_v4() } } } } end
          if answer == "names" then return { first = candidates[1] } end
          return { candidates[2], { nk.json_decode(nk.json_encode(candidates[1][1])) } }
        end)
        """;

    [Fact]
    public async Task An_override_returns_candidates_or_copies_of_their_entries()
    {
        await using var server = await ModuleServer.StartAsync(Override);
        IReadOnlyList<IReadOnlyList<MatchmakerEntry>> candidates = [Match("anna", "ben"), Match("cleo", "dave")];

        var chosen = await ChooseAsync(server, candidates);

        Assert.Equal(2, chosen.Count);
        Assert.Equal(candidates[1], chosen[0]);
        Assert.Equal([candidates[0][0]], chosen[1]);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("stranger")]
    [InlineData("names")]
    public async Task Anything_else_is_an_error(string answer)
    {
        await using var server = await ModuleServer.StartAsync(Override);

        var error = await Assert.ThrowsAsync<ApiException>(async () => await ChooseAsync(server, [Match(answer, "anna", "ben")]));

        Assert.Equal("Unexpected return type from runtime Matchmaker Override hook, must be groups of entries.", error.Message);
    }

    [Fact]
    public async Task No_match_at_all_is_a_choice()
    {
        await using var server = await ModuleServer.StartAsync(Override);

        Assert.Empty(await ChooseAsync(server, [Match("nothing", "anna", "ben")]));
    }

    [Fact]
    public async Task A_processor_makes_matches_of_all_who_wait()
    {
        await using var server = await ModuleServer.StartAsync("""
            local nk = require("nakama")
            nk.register_matchmaker_processor(function(ctx, entries)
              local byName = {}
              for _, entry in ipairs(entries) do
                assert(entry.min_count == 2 and entry.max_count == 4 and entry.create_time == 7 and #entry.ticket == 36)
                byName[entry.presence.username] = entry
              end
              return { { byName.cleo, byName.anna }, { byName.ben, byName.dave } }
            end)
            """);
        IReadOnlyList<MatchmakerEntry> all = [.. Match("anna", "ben"), .. Match("cleo", "dave")];

        var made = await server.Server.Services.GetRequiredService<MatchmakerHooks>().Processor!(all, default);

        Assert.Equal(["cleo anna", "ben dave"], made.Select(match => string.Join(' ', match.Select(entry => entry.Presence.Username))));
    }

    private static ValueTask<IReadOnlyList<IReadOnlyList<MatchmakerEntry>>> ChooseAsync(ModuleServer server, IReadOnlyList<IReadOnlyList<MatchmakerEntry>> candidates) =>
        server.Server.Services.GetRequiredService<MatchmakerHooks>().Override!(candidates, default);

    private static IReadOnlyList<MatchmakerEntry> Match(string first, string second) => Match("", first, second);

    private static IReadOnlyList<MatchmakerEntry> Match(string answer, params string[] names) => MadeMatch.Of(names.Select(name => new Ticket(
        Guid.NewGuid().ToString(), NodeId.Local, [new(Guid.NewGuid(), Guid.NewGuid(), name, "here")], "",
        MatchmakerCriteria.Check(2, 4, null, "*", new Dictionary<string, string> { ["answer"] = answer }, new Dictionary<string, double>()), SearchQuery.All, DateTimeOffset.FromUnixTimeSeconds(7)))).Entries;
}
