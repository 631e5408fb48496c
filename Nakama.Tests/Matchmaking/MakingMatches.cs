using Nakama.Server.Matchmaking;

namespace Nakama.Tests.Matchmaking;

/// <summary>Who plays with whom.</summary>
public sealed class MakingMatches
{
    private readonly WaitingRoom _room = new();

    [Fact]
    public async Task Two_who_want_each_other_are_told_of_each_other()
    {
        var anna = _room.Wait("anna", 2, 2, "+properties.mode:ffa", null, ("mode", "ffa"), ("skill", 3));
        var ben = _room.Wait("ben", 2, 2, "+properties.mode:ffa", null, ("mode", "ffa"));

        Assert.Equal(1, await _room.RoundAsync());

        var (hers, his) = (Assert.Single(anna.Matches), Assert.Single(ben.Matches));
        Assert.Equal(["anna", "ben"], hers.Users.Select(user => user.Presence.Username));
        Assert.Equal(hers.Users, his.Users);
        Assert.Equal("anna", hers.Self.Presence.Username);
        Assert.Equal(3, hers.Self.NumericProperties["skill"]);
        Assert.Equal("ffa", his.Self.StringProperties["mode"]);
        Assert.NotEqual(hers.Ticket, his.Ticket);
        Assert.NotEmpty(hers.Token);
        Assert.Equal(hers.Token, his.Token);
    }

    [Fact]
    public async Task One_wish_is_enough_unless_both_are_asked_for()
    {
        foreach (var isMutual in (bool[])[false, true])
        {
            var room = new WaitingRoom(new MatchmakerOptions { RevPrecision = isMutual });
            room.Wait("seeker", 2, 2, "+properties.kind:found");
            room.Wait("found", 2, 2, "+properties.kind:none", null, ("kind", "found"));

            Assert.Equal(isMutual ? 0 : 1, await room.RoundAsync());
        }
    }

    [Fact]
    public async Task With_mutual_wishes_everyone_in_a_match_wants_everyone()
    {
        var room = new WaitingRoom(new MatchmakerOptions { RevPrecision = true });
        var players = new[]
        {
            room.Wait("a", 3, 3, "properties.team:x properties.team:y", null, ("team", "x")),
            room.Wait("b", 3, 3, "properties.team:x", null, ("team", "x")),
            room.Wait("c", 3, 3, "properties.team:x properties.team:y", null, ("team", "y")),
            room.Wait("d", 3, 3, "properties.team:x", null, ("team", "x")),
        };

        Assert.Equal(1, await room.RoundAsync());

        Assert.Empty(players[2].Matches);
        Assert.Equal(["a", "b", "d"], players[0].Matches[0].Users.Select(user => user.Presence.Username).Order());
    }

    [Fact]
    public async Task The_best_hit_goes_first_and_among_equals_the_oldest()
    {
        var old = _room.Wait("old", 2, 2, "+properties.kind:none", null, ("side", "left"));
        var young = _room.Wait("young", 2, 2, "+properties.kind:none", null, ("side", "left"));
        var best = _room.Wait("best", 2, 2, "+properties.kind:none", null, ("side", "right"));
        _room.Wait("seeker", 2, 2, "properties.side:left properties.side:right^4");
        _room.Wait("second", 2, 2, "+properties.side:left");

        await _room.RoundAsync();

        Assert.Equal("seeker", best.Matches[0].Users[1].Presence.Username);
        Assert.Equal("second", old.Matches[0].Users[1].Presence.Username);
        Assert.Empty(young.Matches);
    }

    [Fact]
    public async Task Fewer_than_the_most_will_do_in_the_last_round_only()
    {
        _room.Wait("a", 2, 4);
        _room.Wait("b", 2, 4);

        Assert.Equal(0, await _room.RoundAsync());
        Assert.Equal(1, await _room.RoundAsync());
    }

    [Fact]
    public async Task The_most_players_play_at_once()
    {
        for (var i = 0; i < 9; i++) _room.Wait($"{i}", 2, 4);

        Assert.Equal(2, await _room.RoundAsync());
        Assert.Equal(0, await _room.RoundAsync());
    }

    [Fact]
    public async Task After_the_last_round_a_ticket_waits_to_be_found()
    {
        var old = _room.Wait("old", 2, 2, "+properties.kind:young");
        Assert.Equal(0, await _room.RoundAsync());
        var young = _room.Wait("young", 2, 2, "+properties.kind:none", null, ("kind", "young"));

        Assert.Equal(0, await _room.RoundAsync());
        _room.Wait("third", 2, 2);
        Assert.Equal(1, await _room.RoundAsync());

        Assert.Single(old.Matches);
        Assert.Empty(young.Matches);
    }

    [Fact]
    public async Task Only_a_ticket_whose_range_lies_within_ones_own_is_found()
    {
        var wide = _room.Wait("wide", 2, 8);
        var narrow = _room.Wait("narrow", 2, 4, "+properties.kind:none");

        Assert.Equal(0, await _room.RoundAsync());
        Assert.Equal(1, await _room.RoundAsync());
        Assert.Equal("wide", narrow.Matches[0].Users[1].Presence.Username);

        _room.Wait("narrow", 2, 4);
        _room.Wait("wide", 2, 8, "+properties.kind:none");
        for (var i = 0; i < 3; i++) Assert.Equal(0, await _room.RoundAsync());
        Assert.Single(wide.Matches);
    }

    [Fact]
    public async Task A_party_stays_together_and_never_meets_itself()
    {
        var duo = _room.WaitTogether("party", ["a", "b"], 4, 4);
        _room.Take(duo, "party", WaitingRoom.Criteria(4, 4));
        Assert.Equal(0, await _room.RoundAsync());

        var other = _room.WaitTogether("other", ["c", "d"], 4, 4);
        Assert.Equal(1, await _room.RoundAsync());

        Assert.Equal(["a", "b", "c", "d"], other[0].Matches[0].Users.Select(user => user.Presence.Username).Order());
        Assert.Equal("party", other[0].Matches[0].Users.First(user => user.Presence.Username == "a").PartyId);
        Assert.Single(duo[0].Matches);
        Assert.Equal(duo[0].Matches[0].Ticket, duo[1].Matches[0].Ticket);
    }

    [Theory]
    [InlineData(2, 4, 4, "+properties.mode:ffa", 1)]
    [InlineData(4, 4, 4, "*", 1)]
    [InlineData(2, 8, 4, "+properties.mode:ffa", 2)]
    [InlineData(2, 8, 4, "+properties.mode:duel", 0)]
    [InlineData(4, 4, 4, "+properties.mode:duel", 0)]
    [InlineData(6, 6, 4, "*", 0)]
    public async Task A_party_that_is_complete_on_its_own_plays_in_the_round_in_which_so_many_will_do(int min, int max, int size, string query, int round)
    {
        var party = _room.WaitTogether("party", [.. Enumerable.Range(0, size).Select(i => $"{i}")], min, max, query, ("mode", "ffa"));

        for (var i = 1; i <= 3; i++) Assert.Equal(i == round ? 1 : 0, await _room.RoundAsync());

        if (round == 0) Assert.All(party, player => Assert.Empty(player.Matches));
        else Assert.Equal(party.Select(player => player.Name), Assert.Single(party[0].Matches).Users.Select(user => user.Presence.Username));
    }

    [Fact]
    public async Task A_party_that_would_do_on_its_own_takes_others_as_long_as_there_are_some()
    {
        var party = _room.WaitTogether("party", ["a", "b"], 2, 4);
        var others = _room.WaitTogether("others", ["c", "d"], 2, 4);

        Assert.Equal(1, await _room.RoundAsync());
        Assert.Equal(4, Assert.Single(party[0].Matches).Users.Count);
        Assert.Single(others[0].Matches);
    }

    [Fact]
    public async Task Nobody_meets_himself()
    {
        var anna = _room.Enter("anna");
        _room.Take(anna, 2, 2);
        _room.Take(anna, 2, 2);

        Assert.Equal(0, await _room.RoundAsync());
    }

    [Fact]
    public async Task The_number_of_players_is_a_multiple_of_what_was_asked_for()
    {
        for (var i = 0; i < 5; i++) _room.Wait($"{i}", 2, 6, multiple: 2);

        Assert.Equal(0, await _room.RoundAsync());
        Assert.Equal(1, await _room.RoundAsync());
    }

    [Fact]
    public async Task Of_those_too_many_the_oldest_are_left_out()
    {
        var kind = "+properties.kind:none";
        var oldest = _room.Wait("oldest", 2, 6, kind);
        var pair = _room.WaitTogether("pair", ["p", "q"], 2, 6, kind);
        var single = _room.Wait("single", 2, 6, kind);
        var seeker = _room.Wait("seeker", 2, 6, "*", 2);

        await _room.RoundAsync();
        await _room.RoundAsync();

        Assert.Empty(oldest.Matches);
        Assert.Equal(4, Assert.Single(seeker.Matches).Users.Count);
        Assert.Single(pair[0].Matches);
        Assert.Single(single.Matches);
    }

    [Fact]
    public async Task A_query_that_cannot_be_run_finds_nobody_but_may_be_found()
    {
        var broken = _room.Wait("broken", 2, 2, "properties.kind:/(/");
        _room.Wait("seeker", 2, 2, "+properties.none:x");
        Assert.Equal(0, await _room.RoundAsync());

        _room.Wait("third", 2, 2);
        Assert.Equal(1, await _room.RoundAsync());
        Assert.Single(broken.Matches);
    }

    [Fact]
    public async Task Queries_see_numbers_texts_dates_and_the_counts()
    {
        foreach (var query in (string[])[
            "+properties.skill:>=10 +properties.skill:<12", "+properties.name:gold* -properties.region:eu", "+properties.since:>\"2024-01-01T00:00:00Z\"",
            "+min_count:2 +max_count:2", "+properties.both:5 -properties.both:x", "-party_id:none +party_id:"])
        {
            var room = new WaitingRoom();
            room.Wait("found", 2, 2, "+properties.none:x", null, ("skill", 11), ("name", "golden"), ("since", "2024-05-01"), ("both", 5));
            try
            {
                room.Wait("seeker", 2, 2, query);
            }
            catch (MatchmakerException)
            {
                Assert.EndsWith(":", query, StringComparison.Ordinal);
                continue;
            }

            Assert.Equal(1, await room.RoundAsync());
        }
    }

    [Theory]
    [InlineData("_id")]
    [InlineData("ticket")]
    public async Task A_ticket_is_found_by_its_id_under_both_names(string field)
    {
        var first = _room.Enter("first");
        var second = _room.Enter("second");
        _room.Take(first, 2, 2, "+properties.none:x");
        var wanted = _room.Take(second, 2, 2, "+properties.none:x");
        _room.Wait("seeker", 2, 2, $"+{field}:{wanted}");

        Assert.Equal(1, await _room.RoundAsync());
        Assert.Empty(first.Matches);
        Assert.Single(second.Matches);
    }
}
