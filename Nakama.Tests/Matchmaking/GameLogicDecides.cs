using Nakama.Server.Matchmaking;

namespace Nakama.Tests.Matchmaking;

/// <summary>What game logic may say about matches.</summary>
public sealed class GameLogicDecides
{
    private readonly WaitingRoom _room = new();

    [Theory]
    [InlineData("0b5f8f2e-5b1e-4a53-8a4c-6b2a3f6f9a10.node1", true)]
    [InlineData("0b5f8f2e-5b1e-4a53-8a4c-6b2a3f6f9a10.", true)]
    [InlineData("nonsense", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task The_matched_hook_names_a_match_or_the_players_get_a_token(string? matchId, bool isUsed)
    {
        IReadOnlyList<MatchmakerEntry> told = [];
        _room.Hooks.Matched = (entries, _) =>
        {
            told = entries;
            return new(matchId);
        };
        var anna = _room.Wait("anna", 2, 2, "*", null, ("x", "text"), ("n", 1));
        _room.Wait("ben", 2, 2);
        await _room.RoundAsync();

        Assert.Equal(isUsed ? matchId : "", anna.Matches[0].MatchId);
        Assert.Equal(isUsed, anna.Matches[0].Token.Length == 0);
        var entry = told.Single(entry => entry.Presence.Username == "anna");
        Assert.Equal("text", entry.Properties["x"]);
        Assert.Equal(1.0, entry.Properties["n"]);
        Assert.Equal("node1", entry.Presence.Node);
        Assert.Equal("", entry.PartyId);
        Assert.Equal(anna.Matches[0].Ticket, entry.Ticket);
    }

    [Fact]
    public async Task A_matched_hook_that_fails_leaves_the_players_with_a_token()
    {
        _room.Hooks.Matched = (_, _) => throw new InvalidOperationException("no");
        var anna = _room.Wait("anna", 2, 2);
        _room.Wait("ben", 2, 2);
        await _room.RoundAsync();

        Assert.NotEmpty(anna.Matches[0].Token);
    }

    [Fact]
    public async Task The_processor_makes_matches_by_its_own_rules()
    {
        _room.Hooks.Override = (_, _) => throw new InvalidOperationException("the processor goes first");
        _room.Hooks.Processor = (entries, _) => new(entries.Count < 3
            ? []
            : new IReadOnlyList<MatchmakerEntry>[] { entries.OrderBy(entry => entry.Presence.Username).ToArray() });
        var anna = _room.Wait("anna", 2, 2, "+properties.none:x");
        _room.Wait("ben", 2, 2, "+properties.none:x");
        for (var i = 0; i < 3; i++) Assert.Equal(0, await _room.RoundAsync());
        _room.Wait("eve", 5, 9);

        Assert.Equal(1, await _room.RoundAsync());
        Assert.Equal(["anna", "ben", "eve"], anna.Matches[0].Users.Select(user => user.Presence.Username));
        Assert.Equal(0, await _room.RoundAsync());
    }

    [Fact]
    public async Task The_override_chooses_among_all_matches_that_could_be_made()
    {
        var seen = new List<string>();
        _room.Hooks.Override = (candidates, _) =>
        {
            seen.AddRange(candidates.Select(match => string.Concat(match.Select(entry => entry.Presence.Username))));
            return new([candidates.Single(match => match.Count == 2 && match[0].Presence.Username == "c" && match[1].Presence.Username == "a")]);
        };
        var players = "abc".Select(name => _room.Wait(name.ToString(), 2, 2)).ToArray();

        Assert.Equal(1, await _room.RoundAsync());

        Assert.Equal(["ac", "bc", "ab", "cb", "ba", "ca"], seen);
        Assert.Empty(players[1].Matches);
        Assert.Single(players[2].Matches);
    }

    [Fact]
    public async Task A_party_that_is_complete_on_its_own_is_among_the_matches_to_choose_from()
    {
        _room.Hooks.Override = (candidates, _) => new(candidates);
        var party = _room.WaitTogether("party", ["a", "b"], 2, 2);

        Assert.Equal(1, await _room.RoundAsync());
        Assert.Equal(["a", "b"], party[0].Matches[0].Users.Select(user => user.Presence.Username));
    }

    [Fact]
    public async Task A_match_with_players_who_are_taken_already_is_dropped()
    {
        _room.Hooks.Override = (candidates, _) => new(candidates);
        for (var i = 0; i < 3; i++) _room.Wait($"{i}", 2, 2);

        Assert.Equal(1, await _room.RoundAsync());
    }

    [Fact]
    public async Task Who_leaves_while_game_logic_thinks_plays_no_more()
    {
        WaitingPlayer? gone = null;
        _room.Hooks.Processor = (entries, _) =>
        {
            _room.Matchmaker.RemoveSession(gone!.Id);
            return new([entries]);
        };
        gone = _room.Wait("anna", 2, 2);
        _room.Wait("ben", 2, 2);

        Assert.Equal(0, await _room.RoundAsync());
        Assert.Empty(gone.Matches);
    }

    [Fact]
    public async Task Tickets_that_the_override_leaves_out_are_offered_again_until_it_takes_them()
    {
        var rounds = 0;
        _room.Hooks.Override = (candidates, _) => new(++rounds < 6 ? [] : [candidates[0]]);
        var anna = _room.Wait("anna", 2, 2);
        var ben = _room.Wait("ben", 2, 2);

        for (var i = 0; i < 5; i++) Assert.Equal(0, await _room.RoundAsync());
        Assert.Equal(1, await _room.RoundAsync());

        Assert.Equal(6, rounds);
        Assert.Single(anna.Matches);
        Assert.Single(ben.Matches);
    }

    [Fact]
    public async Task A_match_with_a_part_of_a_party_is_dropped_and_the_party_stays()
    {
        IReadOnlyList<MatchmakerEntry>? all = null;
        _room.Hooks.Processor = (entries, _) =>
        {
            all = entries;
            return new([entries.Where(entry => entry.Presence.Username != "b").ToArray()]);
        };
        var party = _room.WaitTogether("party", ["a", "b"], 2, 3);
        _room.Wait("c", 2, 3);

        Assert.Equal(0, await _room.RoundAsync());
        Assert.Equal(0, await _room.RoundAsync());
        Assert.Equal(["a", "b", "c"], all!.Select(entry => entry.Presence.Username).Order());
        Assert.Empty(party[0].Matches);
    }

    [Fact]
    public async Task A_match_that_names_a_player_twice_is_dropped()
    {
        _room.Hooks.Processor = (entries, _) => new([[.. entries, entries[0]]]);
        var anna = _room.Wait("anna", 2, 3);
        _room.Wait("ben", 2, 3);

        Assert.Equal(0, await _room.RoundAsync());
        Assert.Empty(anna.Matches);
    }

    [Fact]
    public async Task Each_ticket_has_its_turn_when_more_matches_are_possible_than_are_offered()
    {
        var offered = new HashSet<string>();
        _room.Hooks.Override = (candidates, _) =>
        {
            // The ticket that searched is the last of its match.
            offered.UnionWith(candidates.Select(match => match[^1].Presence.Username));
            return new([]);
        };
        // Each ticket has some 4 000 matches of 2 to 13 players.
        for (var i = 0; i < 16; i++) _room.Wait($"{i}", 2, 13);
        for (var i = 0; i < 12; i++) await _room.RoundAsync();

        Assert.Equal(16, offered.Count);
    }
}
