namespace Nakama.Server.Matchmaking;

/// <summary>Enumerates the possible matches of one ticket and its opponents, from which game logic chooses.</summary>
internal static class Combinations
{
    /// <summary>
    /// The tickets of each match, the seeker last. The best opponents vary fastest; a party that needs none comes first by itself.
    /// </summary>
    public static IEnumerable<List<MatchmakerTicket>> Of(
        MatchmakerTicket seeker, List<MatchmakerTicket> hits, MatchmakerOptions options, CandidateSearch finder)
    {
        if (finder.IsComplete(seeker)) yield return [seeker];
        for (var mask = 1; mask < 1 << hits.Count; mask++)
        {
            var chosen = new List<MatchmakerTicket>();
            var count = seeker.Count;
            for (var i = 0; i < hits.Count; i++)
            {
                if ((mask & (1 << i)) == 0) continue;
                chosen.Add(hits[i]);
                count += hits[i].Count;
            }

            if (!IsPossible(seeker, count) || !chosen.TrueForAll(hit => IsPossible(hit, count) && IsReady(hit, count, options))) continue;
            chosen.Add(seeker);
            if (AreFriendly(chosen, options.RevPrecision ? finder : null)) yield return chosen;
        }
    }

    private static bool IsPossible(MatchmakerTicket ticket, int count) =>
        count >= ticket.Criteria.MinCount && count <= ticket.Criteria.MaxCount && count % ticket.Criteria.CountMultiple == 0;

    /// <summary>Whether a ticket accepts the count: it is its maximum, or the ticket has waited long enough.</summary>
    private static bool IsReady(MatchmakerTicket ticket, int count, MatchmakerOptions options) =>
        count == ticket.Criteria.MaxCount || ticket.Intervals > options.MaxIntervals;

    private static bool AreFriendly(List<MatchmakerTicket> tickets, CandidateSearch? mutual)
    {
        for (var i = 0; i < tickets.Count; i++)
        {
            for (var j = i + 1; j < tickets.Count; j++)
            {
                if (tickets[i].SharesSessionWith(tickets[j])) return false;
                if (mutual?.WantEachOther(tickets[i], tickets[j]) == false) return false;
            }
        }

        return true;
    }
}
