using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>One condition that opponents of a ticket have to meet.</summary>
/// <param name="Condition">A sentence for operators.</param>
/// <param name="Clause">The clause of the query; null for a condition of another kind.</param>
/// <param name="Excluded">The number of tickets that fail it, whatever the other conditions say.</param>
/// <param name="Remaining">The number of tickets that meet it and all conditions before it.</param>
internal sealed record MatchmakerStep(string Condition, SearchClause? Clause, int Excluded, int Remaining);

/// <summary>
/// Which waiting tickets suit a ticket, and what each condition excludes. It works on a copy of the queue with an index of
/// its own, so no round waits for it.
/// </summary>
internal sealed class MatchmakerAnalysis
{
    /// <summary>The number of tickets that are looked at, the oldest ones.</summary>
    public const int MaxTickets = 20_000;

    private readonly SearchRows _rows = new(MatchmakerDocument.Id, MatchmakerDocument.Ticket);
    private readonly List<MatchmakerTicket> _others;
    private readonly MatchmakerTicket _seeker;
    private readonly int _seekerRow;
    private readonly List<MatchmakerStep> _steps = [];
    private readonly bool[] _isLeft;

    /// <param name="seeker">The ticket, which need not be in the queue.</param>
    /// <param name="queue">The waiting tickets.</param>
    /// <param name="isMutual">Whether the queries of the opponents must want the seeker too.</param>
    public MatchmakerAnalysis(MatchmakerTicket seeker, IEnumerable<MatchmakerTicket> queue, bool isMutual)
    {
        _seeker = seeker;
        var others = queue.Where(ticket => ticket.Id != seeker.Id).OrderBy(static ticket => ticket.Number).ToList();
        IsPartial = others.Count > MaxTickets;
        _others = IsPartial ? others[..MaxTickets] : others;
        _isLeft = new bool[_others.Count];
        Array.Fill(_isLeft, true);
        // Rows are numbered from 0 in the order in which they are added.
        foreach (var ticket in _others) _rows.Add(MatchmakerDocument.Of(ticket).Values);
        _seekerRow = _rows.Add(MatchmakerDocument.Of(seeker).Values);
        CheckCounts();
        CheckQuery();
        if (isMutual && Error is null) Add("Its own query wants this ticket", null, row => !_isLeft[row] || Wants(_others[row]));
        Rank();
    }

    /// <summary>Whether there are more tickets than were looked at.</summary>
    public bool IsPartial { get; }

    /// <summary>The number of other tickets that were looked at.</summary>
    public int Considered => _others.Count;

    public IReadOnlyList<MatchmakerStep> Steps => _steps;

    /// <summary>The tickets that meet all conditions, best first.</summary>
    public List<MatchmakerTicket> Candidates { get; } = [];

    /// <summary>Why the query cannot be run; null when it can.</summary>
    public string? Error { get; private set; }

    /// <summary>The players that the ticket still needs.</summary>
    public int NeededPlayers => Math.Max(0, _seeker.Criteria.MinCount - Math.Max(1, _seeker.Count));

    public int CandidatePlayers => Candidates.Sum(static ticket => ticket.Count);

    /// <summary>The clauses of a query, those that must match first.</summary>
    public static IEnumerable<(SearchClause Clause, int Occurrence)> ClausesOf(SearchQuery query) =>
        query.Must.Select(static clause => (clause, 1))
            .Concat(query.MustNot.Select(static clause => (clause, -1)))
            .Concat(query.Should.Select(static clause => (clause, 0)));

    /// <summary>A clause as its query has it.</summary>
    public static string TextOf(SearchQuery query, SearchClause clause) =>
        clause.Place.End > clause.Place.Start && clause.Place.End <= query.Text.Length ? query.Text[clause.Place.Start..clause.Place.End].Trim() : "";

    /// <summary>What keeps the ticket waiting, as a sentence.</summary>
    public string Verdict()
    {
        if (Error is not null) return $"The query cannot be run: {Error}.";
        if (_others.Count == 0) return "No other ticket waits.";
        var criteria = _seeker.Criteria;
        if (Candidates.Count == 0)
        {
            var worst = _steps.MaxBy(static step => step.Excluded)!;
            return worst.Excluded == _others.Count
                ? $"No ticket meets “{worst.Condition}”."
                : $"No ticket meets all conditions together; “{worst.Condition}” excludes the most.";
        }

        var players = CandidatePlayers + Math.Max(1, _seeker.Count);
        if (players < criteria.MinCount) return $"The tickets that suit it have {CandidatePlayers} of the {NeededPlayers} players that it needs.";
        if (players < criteria.MaxCount)
        {
            return criteria.MinCount == criteria.MaxCount
                ? $"It needs exactly {criteria.MaxCount} players, and {players} are there."
                : $"It waits for {criteria.MaxCount} players until its last interval; then the {players} that are there may suffice.";
        }

        return "Enough players suit it. They also have to suit each other, in their counts and in what they ask for.";
    }

    private void CheckCounts()
    {
        var criteria = _seeker.Criteria;
        Add($"Asks for no fewer than {criteria.MinCount} players", null, row => _others[row].Criteria.MinCount >= criteria.MinCount);
        Add($"Asks for no more than {criteria.MaxCount} players", null, row => _others[row].Criteria.MaxCount <= criteria.MaxCount);
        Add(
            $"Leaves room within {criteria.MaxCount} players", null, row => _others[row].Count + Math.Max(1, _seeker.Count) <= criteria.MaxCount);
        if (_seeker.PartyId.Length > 0) Add("Is of another party", null, row => _others[row].PartyId != _seeker.PartyId);
        if (_seeker.Presences.Count > 0) Add("Is of other sessions", null, row => !_others[row].SharesSessionWith(_seeker));
    }

    private void CheckQuery()
    {
        var query = _seeker.Query;
        Error = query.Fault;
        if (Error is not null) return;
        try
        {
            foreach (var clause in query.Must) AddClause(query, clause, isWanted: true);
            foreach (var clause in query.MustNot) AddClause(query, clause, isWanted: false);
            // With a clause that must match, the others only rank the tickets.
            if (query.Must.Length > 0 || query.Should.Length == 0) return;
            if (query.Should.Length == 1)
            {
                AddClause(query, query.Should[0], isWanted: true);
                return;
            }

            var plan = PlanOf([], query.Should);
            Add($"Meets at least one of the {query.Should.Length} clauses without a sign", null, row => plan.TryScore(row, out _));
        }
        catch (SearchQueryException e)
        {
            Error = e.Message;
        }
    }

    private void AddClause(SearchQuery query, SearchClause clause, bool isWanted)
    {
        var plan = PlanOf([clause], []);
        Add(TextOf(query, clause), clause, row => plan.TryScore(row, out _) == isWanted);
    }

    private void Add(string condition, SearchClause? clause, Func<int, bool> isMet)
    {
        var (excluded, remaining) = (0, 0);
        for (var row = 0; row < _others.Count; row++)
        {
            if (isMet(row))
            {
                if (_isLeft[row]) remaining++;
            }
            else
            {
                excluded++;
                _isLeft[row] = false;
            }
        }

        _steps.Add(new MatchmakerStep(condition, clause, excluded, remaining));
    }

    private bool Wants(MatchmakerTicket other)
    {
        try
        {
            return other.Query.Fault is null && new SearchPlan(_rows, other.Query, []).TryScore(_seekerRow, out _);
        }
        catch (SearchQueryException)
        {
            return false;
        }
    }

    private void Rank()
    {
        if (Error is not null) return;
        var scored = new List<(MatchmakerTicket Ticket, double Score)>();
        try
        {
            var plan = new SearchPlan(_rows, _seeker.Query, []);
            for (var row = 0; row < _others.Count; row++)
            {
                if (_isLeft[row] && plan.TryScore(row, out var score)) scored.Add((_others[row], score));
            }
        }
        catch (SearchQueryException e)
        {
            Error = e.Message;
            return;
        }

        Candidates.AddRange(scored.OrderByDescending(static hit => hit.Score).ThenBy(static hit => hit.Ticket.Number).Select(static hit => hit.Ticket));
    }

    private SearchPlan PlanOf(SearchClause[] must, SearchClause[] should) => new(_rows, new SearchQuery("", must, should, [], 0, null), []);
}
