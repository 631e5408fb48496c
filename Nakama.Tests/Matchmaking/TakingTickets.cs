using Nakama.Server.Matchmaking;
using Nakama.Server.Realtime;

namespace Nakama.Tests.Matchmaking;

/// <summary>Which tickets are taken, and when they are given up.</summary>
public sealed class TakingTickets
{
    private readonly WaitingRoom _room = new();

    [Theory]
    [InlineData(1, 2, null, "Invalid minimum count, must be >= 2")]
    [InlineData(3, 2, null, "Invalid maximum count, must be >= minimum count")]
    [InlineData(2, 4, 0, "Invalid count multiple, must be >= 1")]
    [InlineData(2, 3, 5, "Invalid count multiple for minimum count, must divide")]
    [InlineData(2, 3, 2, "Invalid count multiple for maximum count, must divide")]
    public void Counts_that_do_not_fit_together_are_refused(int min, int max, int? multiple, string text) =>
        Assert.Equal(text, Assert.Throws<RealtimeException>(() => WaitingRoom.Criteria(min, max, multiple: multiple)).Message);

    [Fact]
    public void A_session_holds_so_many_tickets_those_of_its_party_included()
    {
        var (anna, ben) = (_room.Enter(), _room.Enter());
        _room.Take(anna, 2, 2);
        _room.Take([anna, ben], "party", WaitingRoom.Criteria(4, 4));
        _room.Take(anna, 2, 2);

        Assert.Equal("matchmaker too many tickets", Assert.Throws<MatchmakerException>(() => _room.Take(anna, 2, 2)).Message);
        Assert.Equal("matchmaker too many tickets", Assert.Throws<MatchmakerException>(() => _room.Take([anna, ben], "other", WaitingRoom.Criteria(4, 4))).Message);
        _room.Take(ben, 2, 2);
    }

    [Fact]
    public void A_session_may_ask_for_so_many_tickets_in_a_second_refused_ones_included()
    {
        var room = new WaitingRoom(new MatchmakerOptions { MaxAddsPerSec = 5 });
        var (anna, ben) = (room.Enter(), room.Enter());
        for (var i = 0; i < 3; i++) room.Take(anna, 2, 2);
        for (var i = 0; i < 2; i++) Assert.Equal("matchmaker too many tickets", Assert.Throws<MatchmakerException>(() => room.Take(anna, 2, 2)).Message);

        Assert.Equal("matchmaker too many requests", Assert.Throws<MatchmakerException>(() => room.Take(anna, 2, 2)).Message);
        room.Take(ben, 2, 2);

        room.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("matchmaker too many tickets", Assert.Throws<MatchmakerException>(() => room.Take(anna, 2, 2)).Message);
    }

    [Fact]
    public void The_patterns_of_a_ticket_that_is_refused_anyway_are_not_made()
    {
        const string Query = "properties.a:/x[0-9]{1,50}/ properties.b:/y[0-9]{1,50}/";
        var anna = _room.Enter();
        for (var i = 0; i < new MatchmakerOptions().MaxTickets; i++) _room.Take(anna, 2, 2);

        Assert.Throws<MatchmakerException>(() => _room.Take(anna, 2, 2, Query));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("matchmaker too many tickets", Assert.Throws<MatchmakerException>(() => _room.Take(anna, 2, 2, Query)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        Assert.Equal("matchmaker query invalid", Assert.Throws<MatchmakerException>(() => _room.Take(anna, 2, 2, "properties.x:")).Message);
    }

    [Fact]
    public void A_bad_query_a_session_twice_a_session_that_is_gone_and_a_party_too_large_are_refused()
    {
        var anna = _room.Enter();

        Assert.Equal("matchmaker query invalid", Assert.Throws<MatchmakerException>(() => _room.Take(anna, 2, 2, "properties.x:")).Message);
        Assert.Equal("matchmaker duplicate session", Assert.Throws<MatchmakerException>(() => _room.Take([anna, anna], "party", WaitingRoom.Criteria(2, 2))).Message);
        Assert.Equal("party has more members than max_count", Assert.Throws<MatchmakerException>(() => _room.Take([anna, _room.Enter(), _room.Enter()], "party", WaitingRoom.Criteria(2, 2))).Message);
        var stranger = new MatchmakerPresence(Guid.NewGuid(), Guid.NewGuid(), "", "");
        Assert.Throws<MatchmakerException>(() => _room.Matchmaker.Add([stranger], "", WaitingRoom.Criteria(2, 2)));
    }

    [Fact]
    public async Task A_ticket_is_given_up_by_its_owner_alone()
    {
        var (anna, ben) = (_room.Enter(), _room.Enter());
        var hers = _room.Take(anna, 2, 2);
        var theirs = _room.Take([anna, ben], "party", WaitingRoom.Criteria(4, 4));

        Assert.False(_room.Matchmaker.RemoveOfSession(ben.Id, hers));
        Assert.False(_room.Matchmaker.RemoveOfSession(anna.Id, theirs));
        Assert.False(_room.Matchmaker.RemoveOfParty("other", theirs));
        Assert.False(_room.Matchmaker.RemoveOfParty("", hers));
        Assert.True(_room.Matchmaker.RemoveOfSession(anna.Id, hers));
        Assert.True(_room.Matchmaker.RemoveOfParty("party", theirs));
        Assert.False(_room.Matchmaker.RemoveOfSession(anna.Id, hers));
        Assert.Equal(0, await _room.RoundAsync());
    }

    [Fact]
    public async Task With_a_session_go_all_tickets_that_name_it_and_with_a_party_all_of_its()
    {
        var (anna, ben) = (_room.Enter(), _room.Enter());
        _room.Take(anna, 2, 2, "+properties.none:x");
        _room.Take([anna, ben], "party", WaitingRoom.Criteria(2, 2, "+properties.none:x"));
        _room.Take([anna, ben], "other", WaitingRoom.Criteria(2, 2, "+properties.none:x"));
        _room.Take(ben, 2, 2, "+properties.none:x");

        _room.Matchmaker.RemoveParty("other");
        await _room.RoundAsync();
        Assert.Equal(3, _room.Statistics.TicketCount);

        _room.Matchmaker.RemoveSession(anna.Id);
        _room.Take(_room.Enter(), 2, 2, "+properties.none:x");
        await _room.RoundAsync();
        Assert.Equal(2, _room.Statistics.TicketCount);
    }

    [Fact]
    public async Task The_statistics_tell_of_the_last_round()
    {
        Assert.Equal(0, _room.Statistics.Read().TicketCount);
        for (var i = 0; i < 13; i++) _room.Wait($"{i}", 2, 2);
        await _room.RoundAsync();

        var told = _room.Statistics.Read();
        Assert.Equal(13, told.TicketCount);
        Assert.Equal(10, told.Completions.Count);
        Assert.True(told.Completions[0].CreateTime.ToDateTime() >= told.OldestTicketCreateTime.ToDateTime());

        await _room.RoundAsync();
        Assert.Equal(1, _room.Statistics.Read().TicketCount);
    }

    [Fact]
    public async Task Tickets_come_and_go_while_rounds_run_and_nobody_plays_twice()
    {
        var room = new WaitingRoom(new MatchmakerOptions { MaxTickets = 1 });
        var players = new WaitingPlayer[4_000];
        var adding = Task.Run(() =>
        {
            for (var i = 0; i < players.Length; i++)
            {
                players[i] = room.Wait($"{i}", 2, 2, "+properties.n:>=0", null, ("n", i));
                if (i % 10 == 0) room.Matchmaker.RemoveSession(players[i].Id);
            }
        });
        while (!adding.IsCompleted) await room.RoundAsync();
        await adding;
        await room.RoundAsync();

        var told = players.Where(player => player.Matches.Count > 0).ToArray();
        Assert.All(told, player => Assert.Single(player.Matches));
        Assert.All(told, player => Assert.Equal(2, player.Matches[0].Users.Count));
        Assert.All(told.GroupBy(player => player.Matches[0].Token), match => Assert.Equal(2, match.Count()));
        Assert.True(told.Length >= 3_500, $"{told.Length} of {players.Length} play");
    }
}
