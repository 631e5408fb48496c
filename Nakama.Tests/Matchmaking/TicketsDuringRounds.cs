using Nakama.Server.Matchmaking;

namespace Nakama.Tests.Matchmaking;

/// <summary>Tickets that come and go while a round searches.</summary>
public sealed class TicketsDuringRounds
{
    private const string Nobody = "+properties.none:x";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Tickets_come_and_go_while_a_round_is_held_within_its_search()
    {
        const int More = 100;
        var room = new WaitingRoom();
        var leaver = room.Enter("leaver");
        using var held = new HeldPresences(room.PresenceOf(leaver));
        room.Matchmaker.Add(held, "", WaitingRoom.Criteria(2, 2, Nobody));
        var second = room.Wait("second", 2, 2, Nobody);
        var party = room.WaitTogether("party", ["a", "b"], 4, 4, Nobody);
        var seeker = room.Wait("seeker", 2, 2);
        held.HoldNext();
        var round = Task.Run(room.RoundAsync);
        await held.Reached.WaitAsync(Patience);

        var coming = await Task.Run(() =>
        {
            var players = Enumerable.Range(0, More).Select(i => room.Wait($"{i}", 2, 2)).ToArray();
            room.Matchmaker.RemoveParty("party");
            room.Matchmaker.RemoveSession(leaver.Id);
            return players;
        }).WaitAsync(Patience);
        Assert.False(round.IsCompleted);
        held.LetGo();

        // The seeker had found the one who has left meanwhile, and takes the next.
        Assert.Equal(1, await round.WaitAsync(Patience));
        Assert.Equal(["second", "seeker"], Assert.Single(seeker.Matches).Users.Select(user => user.Presence.Username));
        Assert.Single(second.Matches);
        Assert.All([leaver, .. party, .. coming], player => Assert.Empty(player.Matches));

        Assert.Equal(More / 2, await room.RoundAsync());
        Assert.All(coming, player => Assert.Single(player.Matches));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_ticket_is_matched_once_or_given_up_or_still_waits(int seed)
    {
        const int Threads = 3;
        var room = new WaitingRoom(new MatchmakerOptions { MaxTickets = 4, MaxAddsPerSec = 0 });
        var crowds = Enumerable.Range(0, Threads).Select(thread => new RandomCrowd(room, (seed * Threads) + thread)).ToArray();
        var acting = Task.WhenAll(crowds.Select(crowd => Task.Run(crowd.Act)));
        while (!acting.IsCompleted) await room.RoundAsync();
        await acting;

        var players = crowds.SelectMany(crowd => crowd.Players).ToArray();
        var waiting = crowds.SelectMany(crowd => crowd.Check()).ToArray();
        AssertWhole(players);

        // Whoever is left is found by someone who asks for just this ticket.
        var seekers = waiting.Select(ticket => room.Wait("seeker", 2, 8, $"+ticket:{ticket}")).ToArray();
        for (var i = 0; i < 3; i++) await room.RoundAsync();
        Assert.All(waiting, ticket => Assert.Null(room.Matchmaker.Pool.Find(ticket)));
        Assert.All(crowds, crowd => Assert.Empty(crowd.Check()));
        AssertWhole([.. players, .. seekers]);
    }

    /// <summary>All players of a match are told of it, and nobody else.</summary>
    private static void AssertWhole(WaitingPlayer[] players)
    {
        foreach (var match in players.SelectMany(player => player.Matches).GroupBy(match => match.Token))
        {
            var told = match.Select(one => one.Self.Presence.SessionId).Order();
            Assert.Equal(match.First().Users.Select(user => user.Presence.SessionId).Order(), told);
        }
    }

    /// <summary>Players who ask for tickets, alone and in twos, and give them up again, as chance has it.</summary>
    private sealed class RandomCrowd(WaitingRoom room, int seed)
    {
        private const int Steps = 2_500;

        private readonly Random _random = new(seed);
        private readonly Dictionary<string, WaitingPlayer[]> _taken = [];
        private readonly Dictionary<string, string> _party = [];
        private readonly HashSet<string> _givenUp = [];
        private readonly HashSet<WaitingPlayer> _gone = [];

        public List<WaitingPlayer> Players { get; } = [];

        public void Act()
        {
            for (var i = 0; i < Steps; i++)
            {
                switch (_random.Next(10))
                {
                    case < 5:
                        Take("", Enter());
                        break;
                    case < 7:
                        Take($"party{seed}.{i}", Enter(), Enter());
                        break;
                    case < 9 when _taken.Count > 0:
                        GiveUp(_taken.Keys.ElementAt(_random.Next(_taken.Count)));
                        break;
                    default:
                        if (Players.Count > 0) Leave(Players[_random.Next(Players.Count)]);
                        break;
                }
            }
        }

        /// <summary>Checks every ticket ever taken, and returns those that still wait.</summary>
        public List<string> Check()
        {
            var waiting = new List<string>();
            foreach (var (ticket, players) in _taken)
            {
                var isWaiting = room.Matchmaker.Pool.Find(ticket) is not null;
                foreach (var player in players) Assert.True(player.Matches.Count(match => match.Ticket == ticket) <= 1, "matched twice");
                var isMatched = players[0].Matches.Any(match => match.Ticket == ticket);
                Assert.All(players, player => Assert.Equal(isMatched, player.Matches.Any(match => match.Ticket == ticket)));
                if (_givenUp.Contains(ticket)) Assert.False(isWaiting || isMatched, "given up, and still there");
                else if (players.Any(_gone.Contains)) Assert.False(isWaiting, "its player has left");
                else Assert.True(isWaiting ^ isMatched, isWaiting ? "matched, and still there" : "lost");
                if (isWaiting) waiting.Add(ticket);
            }

            return waiting;
        }

        private WaitingPlayer Enter()
        {
            // Some take more than one ticket.
            if (Players.Count > 0 && _random.Next(4) == 0 && Players[^1] is var last && !_gone.Contains(last)) return last;
            var player = room.Enter($"{seed}");
            Players.Add(player);
            return player;
        }

        private void Take(string party, params WaitingPlayer[] players)
        {
            var kind = _random.Next(8);
            var wanted = _random.Next(8);
            try
            {
                var ticket = room.Take(
                    players, party, WaitingRoom.Criteria(2, _random.Next(players.Length + 1, 5), $"+properties.kind:>={wanted - 1} +properties.kind:<={wanted + 1}", null, ("kind", kind)));
                _taken.Add(ticket, players);
                _party.Add(ticket, party);
            }
            catch (MatchmakerException)
            {
                // One session twice, or too many tickets.
            }
        }

        private void GiveUp(string ticket)
        {
            var isGone = _party[ticket] is { Length: > 0 } party
                ? room.Matchmaker.RemoveOfParty(party, ticket)
                : room.Matchmaker.RemoveOfSession(_taken[ticket][0].Id, ticket);
            if (isGone) _givenUp.Add(ticket);
        }

        private void Leave(WaitingPlayer player)
        {
            room.Matchmaker.RemoveSession(player.Id);
            _gone.Add(player);
        }
    }
}
