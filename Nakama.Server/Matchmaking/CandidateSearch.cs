using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// Searches opponents for one ticket after another within one round. Tickets may be removed concurrently: the search skips those
/// that no longer wait, and the caller that takes the tickets of a match checks all of them again.
/// </summary>
/// <param name="index">The tickets of the round.</param>
/// <param name="isMutual">Whether the queries of the opponents must also match the seeker and each other.</param>
internal sealed class CandidateSearch(MatchmakerIndex index, bool isMutual)
{
    private readonly Dictionary<SearchQuery, SearchPlan> _plans = [];
    private readonly List<Combination> _combinations = [];
    private int _packs = index.Packs;

    /// <summary>The tickets of the match, the seeker last; null when no match can be made now.</summary>
    /// <param name="seeker">The ticket for which opponents are searched.</param>
    /// <param name="isLast">Whether this is the last search, so that fewer players than the maximum suffice.</param>
    /// <param name="isStillMutual">False when the time for mutual matching in this round has elapsed.</param>
    /// <exception cref="SearchQueryException">The seeker's query cannot be run.</exception>
    public List<MatchmakerTicket>? Find(MatchmakerTicket seeker, bool isLast, bool isStillMutual)
    {
        ForgetStalePlans();
        if (seeker.Count == seeker.Criteria.MaxCount) return IsComplete(seeker) ? [seeker] : null;
        var plan = PlanOf(seeker.Query);
        // With fewer players than the maximum no match can be full.
        if (!isLast && seeker.Count + ((long)plan.MostRows * index.LargestTicket) < seeker.Criteria.MaxCount) return null;

        _combinations.Clear();
        // Fewer players suffice only at the last hit, so the search has to know whether another one follows.
        var mustKnowTheLast = isLast && seeker.Criteria.MinCount < seeker.Criteria.MaxCount;
        var hits = new SearchStream(index.Rows, plan);
        for (var hit = Next(hits, seeker); hit is not null;)
        {
            var next = mustKnowTheLast ? Next(hits, seeker) : null;
            if (Consider(seeker, hit, mustKnowTheLast && next is null, isMutual && isStillMutual) is { } found)
            {
                found.Tickets.Add(seeker);
                return found.Tickets;
            }

            hit = mustKnowTheLast ? next : Next(hits, seeker);
        }

        return isLast && IsComplete(seeker) ? [seeker] : null;
    }

    /// <summary>Whether a party needs no opponents: it has enough players, and they match its own query.</summary>
    public bool IsComplete(MatchmakerTicket party) => party.Count > 1 && Suits(party, party.Count) && Wants(party, party);

    /// <summary>All possible opponents of the seeker, best first, up to a limit.</summary>
    /// <exception cref="SearchQueryException">The seeker's query cannot be run.</exception>
    public List<MatchmakerTicket> List(MatchmakerTicket seeker, int limit)
    {
        ForgetStalePlans();
        var hits = new SearchStream(index.Rows, PlanOf(seeker.Query));
        var found = new List<MatchmakerTicket>();
        while (found.Count < limit && Next(hits, seeker) is { } hit) found.Add(hit);
        return found;
    }

    /// <summary>Whether the query of each ticket matches the other.</summary>
    public bool WantEachOther(MatchmakerTicket one, MatchmakerTicket other) => Wants(one, other) && Wants(other, one);

    private MatchmakerTicket? Next(SearchStream hits, MatchmakerTicket seeker)
    {
        while (hits.TryNext(out var hit))
        {
            var ticket = index.OfRow(hit.Row);
            if (ticket == seeker || !ticket.IsWaiting) continue;
            if (ticket.Criteria.MinCount < seeker.Criteria.MinCount || ticket.Criteria.MaxCount > seeker.Criteria.MaxCount) continue;
            if (seeker.PartyId.Length > 0 && ticket.PartyId == seeker.PartyId) continue;
            return ticket;
        }

        return null;
    }

    private Combination? Consider(MatchmakerTicket seeker, MatchmakerTicket hit, bool isFinal, bool mutual)
    {
        if ((mutual && !Wants(hit, seeker)) || hit.SharesSessionWith(seeker)) return null;
        var combination = Place(seeker, hit, mutual);
        var count = combination.Count + seeker.Count;
        var isEnough = count == seeker.Criteria.MaxCount || (isFinal && count >= seeker.Criteria.MinCount && count <= seeker.Criteria.MaxCount);
        if (!isEnough) return null;

        var surplus = count % seeker.Criteria.CountMultiple;
        if (surplus != 0)
        {
            if (!combination.TryRemove(surplus)) return null;
            count -= surplus;
        }

        return Suits(seeker, count) && combination.Tickets.TrueForAll(ticket => Suits(ticket, count)) ? combination : null;
    }

    /// <summary>Adds a hit to the first combination that has room for it and no conflict with it, or starts a new one.</summary>
    private Combination Place(MatchmakerTicket seeker, MatchmakerTicket hit, bool mutual)
    {
        foreach (var combination in _combinations)
        {
            if (combination.Count + hit.Count + seeker.Count > seeker.Criteria.MaxCount) continue;
            // The first conflict of this kind ends the search for a combination.
            if (combination.Tickets.Exists(hit.SharesSessionWith)) break;
            if (mutual && !combination.Tickets.TrueForAll(member => WantEachOther(member, hit))) continue;
            combination.Add(hit);
            return combination;
        }

        var begun = new Combination();
        begun.Add(hit);
        _combinations.Add(begun);
        return begun;
    }

    private static bool Suits(MatchmakerTicket ticket, int count) =>
        count >= ticket.Criteria.MinCount && count <= ticket.Criteria.MaxCount && count % ticket.Criteria.CountMultiple == 0;

    private bool Wants(MatchmakerTicket one, MatchmakerTicket other) =>
        one.Query.Fault is null && PlanOf(one.Query).TryScore(other.Row, out _);

    /// <summary>One plan for all tickets with this query.</summary>
    private SearchPlan PlanOf(SearchQuery query)
    {
        if (!_plans.TryGetValue(query, out var plan)) _plans.Add(query, plan = new(index.Rows, query, []));
        return plan;
    }

    private void ForgetStalePlans()
    {
        if (_packs == index.Packs) return;
        _packs = index.Packs;
        _plans.Clear();
    }
}
