namespace Nakama.Server.Matchmaking;

/// <summary>Tickets that may play with each other and with the seeker.</summary>
internal sealed class Combination
{
    /// <summary>No more players than this are removed again, except when all tickets have one player.</summary>
    private const int MostToWeigh = 64;

    public List<MatchmakerTicket> Tickets { get; } = [];

    /// <summary>The number of players.</summary>
    public int Count { get; private set; }

    public void Add(MatchmakerTicket ticket)
    {
        Tickets.Add(ticket);
        Count += ticket.Count;
    }

    /// <summary>
    /// Removes tickets with exactly that many players in total, those with the earliest average time of creation. False, and
    /// nothing is removed, when no tickets add up to that number.
    /// </summary>
    public bool TryRemove(int players)
    {
        if (FindOldest(players) is not { } removed) return false;
        Tickets.RemoveAll(removed.Contains);
        Count -= players;
        return true;
    }

    private HashSet<MatchmakerTicket>? FindOldest(int players)
    {
        // Among tickets of equal size the oldest are always taken, so only the number of each size has to be found.
        var bySize = Tickets.Where(ticket => ticket.Count <= players).GroupBy(static ticket => ticket.Count)
            .Select(static size => (Size: size.Key, Tickets: size.OrderBy(static ticket => ticket.Number).ToArray())).ToArray();
        if (bySize is [{ Size: 1, Tickets: var singles }]) return singles.Length >= players ? [.. singles.Take(players)] : null;
        if (players > MostToWeigh) return null;

        // For each number of players and tickets: the smallest sum of times, and the tickets of the last size in it.
        var best = new Choice?[players + 1, players + 1];
        best[0, 0] = new Choice(0, null, default);
        foreach (var (size, tickets) in bySize)
        {
            for (var sum = players; sum >= 0; sum--)
            {
                for (var count = sum; count >= 0; count--) Improve(best, sum, count, size, tickets);
            }
        }

        Choice? chosen = null;
        var chosenCount = 0;
        for (var count = 1; count <= players; count++)
        {
            if (best[players, count] is not { } choice) continue;
            if (chosen is not null && choice.Ticks * chosenCount >= chosen.Ticks * count) continue;
            (chosen, chosenCount) = (choice, count);
        }

        return chosen?.All().ToHashSet();
    }

    private static void Improve(Choice?[,] best, int sum, int count, int size, MatchmakerTicket[] tickets)
    {
        Int128 ticks = 0;
        for (var taken = 1; taken <= tickets.Length && taken <= count && taken * size <= sum; taken++)
        {
            ticks += tickets[taken - 1].CreatedAt.UtcTicks;
            if (best[sum - (taken * size), count - taken] is not { } rest) continue;
            if (best[sum, count] is { } known && known.Ticks <= rest.Ticks + ticks) continue;
            best[sum, count] = new Choice(rest.Ticks + ticks, rest, tickets.AsMemory(0, taken));
        }
    }

    private sealed record Choice(Int128 Ticks, Choice? Rest, ReadOnlyMemory<MatchmakerTicket> Taken)
    {
        public IEnumerable<MatchmakerTicket> All()
        {
            for (var choice = this; choice is not null; choice = choice.Rest)
            {
                for (var i = 0; i < choice.Taken.Length; i++) yield return choice.Taken.Span[i];
            }
        }
    }
}
