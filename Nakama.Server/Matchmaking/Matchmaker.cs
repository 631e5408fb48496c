using Nakama.Server.Search;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// Takes tickets of sessions and parties, and gives them up again. The rounds in which matches are made are
/// <see cref="MatchmakerRounds"/>'s; both hold the gate for short moments only, so that players can come while a round runs.
/// </summary>
public sealed class Matchmaker(SessionRegistry sessions, MatchmakerOptions options, TimeProvider time)
{
    private const int MostIdle = 1024;

    private readonly QueryCache _queries = new();
    private readonly TicketRate _rate = new(options.MaxAddsPerSec, time);
    private volatile bool _isStopped;

    internal Lock Gate { get; } = new();

    internal MatchmakerPool Pool { get; } = new();

    /// <summary>The tickets that still look for opponents, oldest first, among some that no longer do.</summary>
    internal List<MatchmakerTicket> Active { get; } = [];

    /// <summary>Takes a ticket and returns its id. Never waits, so a party may call it under its own gate.</summary>
    /// <param name="presences">Who waits: a session on its own, or all members of a party.</param>
    /// <param name="partyId">Empty for a session on its own.</param>
    /// <param name="criteria">What is wanted.</param>
    /// <exception cref="MatchmakerRefusal">The query is none, a session is named twice or is gone, or there are too many tickets.</exception>
    public string Add(IReadOnlyList<MatchmakerPresence> presences, string partyId, MatchmakerCriteria criteria)
    {
        if (HasDuplicate(presences)) throw MatchmakerErrors.DuplicateSession;
        // The patterns of a query are what costs, so they are not made for a ticket that would be refused anyway.
        MatchmakerRefusal? refusal;
        lock (Gate)
        {
            if (IsTooOften(presences[0].SessionId)) throw MatchmakerErrors.TooOften;
            refusal = FindRefusal(presences, partyId);
        }

        if (refusal is not null) throw QueryCache.IsQuery(criteria.Query) ? refusal : MatchmakerErrors.InvalidQuery;
        SearchQuery query;
        try
        {
            query = _queries.Parse(criteria.Query);
        }
        catch (SearchQueryException)
        {
            throw MatchmakerErrors.InvalidQuery;
        }

        var ticket = new MatchmakerTicket(presences, partyId, criteria, query, time.GetUtcNow());
        var document = MatchmakerDocument.Of(ticket);
        lock (Gate)
        {
            if (FindRefusal(presences, partyId) is { } late) throw late;
            Pool.Add(ticket, document);
            Active.Add(ticket);
            Pool.PackWhenWorthIt();
            if (Active.Count > MostIdle + (2 * Pool.Count)) Active.RemoveAll(static ticket => !ticket.IsActive);
        }

        return ticket.Id;
    }

    /// <summary>Gives up a ticket that a session took on its own; false when it has none of this id.</summary>
    public bool RemoveOfSession(Guid sessionId, string ticketId)
    {
        lock (Gate)
        {
            return Pool.Find(ticketId) is { PartyId: "" } ticket && ticket.Presences[0].SessionId == sessionId && Pool.Remove(ticket);
        }
    }

    /// <summary>Gives up a ticket of a party; false when it has none of this id.</summary>
    public bool RemoveOfParty(string partyId, string ticketId)
    {
        lock (Gate)
        {
            return partyId.Length > 0 && Pool.Find(ticketId) is { } ticket && ticket.PartyId == partyId && Pool.Remove(ticket);
        }
    }

    /// <summary>Gives up every ticket that names the session, those of parties too.</summary>
    public void RemoveSession(Guid sessionId)
    {
        lock (Gate)
        {
            Pool.RemoveSession(sessionId);
            _rate.Forget(sessionId);
        }
    }

    /// <summary>Gives up every ticket of a party, because its members have changed or it has ended.</summary>
    public void RemoveParty(string partyId)
    {
        lock (Gate) Pool.RemoveParty(partyId);
    }

    /// <summary>Takes no more tickets; those that wait are lost.</summary>
    internal void Stop() => _isStopped = true;

    /// <summary>A session that closes is forgotten only once, so it is not counted any more.</summary>
    private bool IsTooOften(Guid sessionId) =>
        sessions.TryFind(sessionId, out var session) && !session.IsClosing && !_rate.Admits(sessionId);

    /// <summary>Why there is no place for a ticket; null when there is one. To be called under the gate.</summary>
    private MatchmakerRefusal? FindRefusal(IReadOnlyList<MatchmakerPresence> presences, string partyId)
    {
        if (_isStopped) return MatchmakerErrors.NotAvailable;
        foreach (var presence in presences)
        {
            // A session that closes is asked for its tickets only once.
            if (!sessions.TryFind(presence.SessionId, out var session) || session.IsClosing) return MatchmakerErrors.NotAvailable;
            if (Pool.CountOfSession(presence.SessionId) >= options.MaxTickets) return MatchmakerErrors.TooManyTickets;
        }

        return partyId.Length > 0 && Pool.CountOfParty(partyId) >= options.MaxTickets ? MatchmakerErrors.TooManyTickets : null;
    }

    private static bool HasDuplicate(IReadOnlyList<MatchmakerPresence> presences)
    {
        if (presences.Count < 2) return false;
        var seen = new HashSet<Guid>();
        foreach (var presence in presences)
        {
            if (!seen.Add(presence.SessionId)) return true;
        }

        return false;
    }
}
