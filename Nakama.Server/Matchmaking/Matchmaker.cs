using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Search;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// Adds and removes the tickets of sessions and parties. <see cref="MatchmakerInterval"/> runs the rounds that make matches;
/// no search runs under the lock, so tickets can be added and removed during a long round. With several nodes one owns the
/// matching: the others keep their own tickets and send it copies, and send them to the next owner when it is lost.
/// </summary>
public sealed class Matchmaker(
    SessionRegistry sessions, MatchmakerOptions options, WorkOwner work, NodeDrain drain, IWorkTerms terms, NodeDirectory nodes, MessageBus bus,
    TimeProvider time) : IBusFeature
{
    private const string Work = "matchmaker";
    private const int TicketsAtOnce = 128;

    private readonly QueryCache _queries = new();
    private readonly TicketRate _rate = new(options.MaxAddsPerSec, time);
    private volatile bool _isStopped;
    private NodeId _owner;

    /// <summary>The node that makes the matches.</summary>
    internal NodeId Owner => work.OwnerOf(Work);

    /// <summary>Whether this node may make matches now; see <see cref="IWorkTerms"/>.</summary>
    internal ValueTask<bool> MayMatchAsync(CancellationToken cancellationToken) => terms.MayActAsync(Work, cancellationToken);

    internal Lock Gate { get; } = new();

    internal MatchmakerPool Pool { get; } = new();

    /// <summary>Adds a ticket and returns its id. Never blocks, so a party may call it under its own lock.</summary>
    /// <param name="presences">The waiting sessions: a single session, or all members of a party.</param>
    /// <param name="partyId">Empty for a single session.</param>
    /// <param name="criteria">The requested kind of match.</param>
    /// <exception cref="MatchmakerException">Invalid query, duplicate or closed session, or a limit is reached.</exception>
    public string Add(IReadOnlyList<MatchmakerPresence> presences, string partyId, MatchmakerCriteria criteria)
    {
        if (HasDuplicate(presences)) throw MatchmakerErrors.DuplicateSession;
        if (presences.Count > criteria.MaxCount) throw MatchmakerErrors.PartyTooLarge;
        // The patterns of a query are expensive, so they are not created for a ticket that would be refused anyway.
        MatchmakerException? refusal;
        lock (Gate)
        {
            if (IsTooOften(presences[0].SessionId)) throw MatchmakerErrors.TooOften;
            refusal = FindError(presences, partyId);
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

        var ticket = new MatchmakerTicket(Guid.NewGuid().ToString(), NodeId.Local, presences, partyId, criteria, query, time.GetUtcNow());
        lock (Gate)
        {
            if (FindError(presences, partyId) is { } late) throw late;
            Pool.Add(ticket);
            if (!_owner.IsLocal) bus.Tell(_owner, MatchmakerMessages.Added, new Tickets { Tickets_ = { MatchmakerMessages.Of(ticket) } });
        }

        return ticket.Id;
    }

    /// <summary>Removes a ticket of a single session; false when the session has no ticket with this id.</summary>
    public bool RemoveOfSession(Guid sessionId, string ticketId)
    {
        lock (Gate)
        {
            return Pool.Find(ticketId) is { PartyId: "" } ticket && ticket.Presences[0].SessionId == sessionId && GiveUp(ticket);
        }
    }

    /// <summary>Removes a ticket of a party; false when the party has no ticket with this id.</summary>
    public bool RemoveOfParty(string partyId, string ticketId)
    {
        lock (Gate)
        {
            return partyId.Length > 0 && Pool.Find(ticketId) is { } ticket && ticket.PartyId == partyId && GiveUp(ticket);
        }
    }

    /// <summary>Removes every ticket that contains the session, including those of parties.</summary>
    public void RemoveSession(Guid sessionId)
    {
        lock (Gate)
        {
            while (Pool.YoungestOfSession(sessionId) is { } ticket) GiveUp(ticket);
            _rate.Forget(sessionId);
        }
    }

    /// <summary>Removes every ticket of a party, because its members have changed or it has ended.</summary>
    public void RemoveParty(string partyId)
    {
        lock (Gate)
        {
            while (Pool.YoungestOfParty(partyId) is { } ticket) GiveUp(ticket);
        }
    }

    /// <summary>The tickets that wait now, for operators.</summary>
    internal List<MatchmakerTicket> List()
    {
        lock (Gate) return [.. Pool.Tickets];
    }

    /// <summary>The ids of the tickets of a party whose node this is.</summary>
    internal List<string> TicketsOfParty(string partyId)
    {
        lock (Gate) return Pool.CountOfParty(partyId) == 0 ? [] : [.. Pool.Tickets.Where(ticket => ticket.PartyId == partyId).Select(static ticket => ticket.Id)];
    }

    /// <summary>Removes a ticket at the request of an operator; false when it does not wait.</summary>
    internal bool RemoveTicket(string ticketId)
    {
        lock (Gate) return Pool.Find(ticketId) is { } ticket && GiveUp(ticket);
    }

    /// <summary>A ticket that waits nowhere, to find out what it would find.</summary>
    /// <exception cref="MatchmakerException">The query is invalid.</exception>
    internal MatchmakerTicket Imagine(MatchmakerCriteria criteria)
    {
        try
        {
            return new("", NodeId.Local, [], "", criteria, _queries.Parse(criteria.Query), time.GetUtcNow());
        }
        catch (SearchQueryException)
        {
            throw MatchmakerErrors.InvalidQuery;
        }
    }

    /// <summary>Removes the tickets of a match; false, and none is removed, when one of them no longer waits.</summary>
    internal bool TryTake(IReadOnlyList<MatchmakerTicket> tickets)
    {
        if (!terms.MayStillAct(Work)) return false;
        lock (Gate)
        {
            foreach (var ticket in tickets)
            {
                if (!ticket.IsWaiting) return false;
            }

            foreach (var ticket in tickets)
            {
                Pool.Remove(ticket);
                if (!ticket.Origin.IsLocal)
                    bus.Tell(ticket.Origin, MatchmakerMessages.Gone, new TicketIds { Ids = { ticket.Id }, Term = terms.TermOf(Work) });
            }
        }

        return true;
    }

    void IBusFeature.Map(BusMap map)
    {
        map.On(MatchmakerMessages.Added, (from, added) => TakeOver(from, added));
        map.On(MatchmakerMessages.Removed, (from, removed) => Forget(removed, from));
        map.On(MatchmakerMessages.Gone, (_, gone) =>
        {
            if (gone.Term == 0 || !terms.IsOutdated(Work, gone.Term)) Forget(gone, NodeId.Local);
        });
        drain.Changed += FollowOwner;
        map.OnJoined(_ => FollowOwner());
        map.OnLeft(node =>
        {
            lock (Gate) RemoveAll(ticket => ticket.Origin == node);
            FollowOwner();
        });
        map.OnReset(node =>
        {
            lock (Gate)
            {
                RemoveAll(ticket => ticket.Origin == node);
                if (_owner == node) TellAll(node);
            }
        });
    }

    /// <summary>Refuses further tickets; waiting ones are discarded.</summary>
    internal void Stop() => _isStopped = true;

    /// <summary>Removes a ticket that is given up. The caller must hold the lock.</summary>
    private bool GiveUp(MatchmakerTicket ticket)
    {
        if (!Pool.Remove(ticket)) return false;
        if (!ticket.Origin.IsLocal) bus.Tell(ticket.Origin, MatchmakerMessages.Gone, new TicketIds { Ids = { ticket.Id } });
        else if (!_owner.IsLocal) bus.Tell(_owner, MatchmakerMessages.Removed, new TicketIds { Ids = { ticket.Id } });
        return true;
    }

    /// <summary>Adds copies of another node's tickets, which were validated there.</summary>
    private void TakeOver(NodeId from, Tickets added)
    {
        foreach (var copy in added.Tickets_)
        {
            var ticket = MatchmakerMessages.Read(copy, from, _queries);
            lock (Gate)
            {
                if (!_isStopped && Pool.Find(ticket.Id) is null) Pool.Add(ticket);
            }
        }
    }

    private void Forget(TicketIds ids, NodeId origin)
    {
        lock (Gate)
        {
            foreach (var id in ids.Ids)
            {
                if (Pool.Find(id) is { } ticket && ticket.Origin == origin) Pool.Remove(ticket);
            }
        }
    }

    /// <summary>Sends the tickets of this node to the owner when the owner has changed.</summary>
    private void FollowOwner()
    {
        lock (Gate)
        {
            var owner = Owner;
            if (owner == _owner) return;
            _owner = owner;
            if (owner.IsLocal) return;
            RemoveAll(static ticket => !ticket.Origin.IsLocal);
            TellAll(owner);
        }
    }

    /// <summary>Sends the tickets of this node to the owner. The caller must hold the lock.</summary>
    private void TellAll(NodeId owner)
    {
        foreach (var tickets in Pool.Tickets.OrderBy(static ticket => ticket.Number).Chunk(TicketsAtOnce))
            bus.Tell(owner, MatchmakerMessages.Added, new Tickets { Tickets_ = { tickets.Select(MatchmakerMessages.Of) } });
    }

    private void RemoveAll(Func<MatchmakerTicket, bool> isWanted)
    {
        foreach (var ticket in Pool.Tickets.Where(isWanted).ToArray()) Pool.Remove(ticket);
    }

    /// <summary>A closing session is removed only once, so it must not be counted afterwards.</summary>
    private bool IsTooOften(Guid sessionId) =>
        sessions.TryFind(sessionId, out var session) && !session.IsClosing && !_rate.Admits(sessionId);

    /// <summary>Why a ticket cannot be added; null when it can. The caller must hold the lock.</summary>
    private MatchmakerException? FindError(IReadOnlyList<MatchmakerPresence> presences, string partyId)
    {
        if (_isStopped) return MatchmakerErrors.NotAvailable;
        foreach (var presence in presences)
        {
            if (!IsThere(presence)) return MatchmakerErrors.NotAvailable;
            if (Pool.CountOfSession(presence.SessionId) >= options.MaxTickets) return MatchmakerErrors.TooManyTickets;
        }

        return partyId.Length > 0 && Pool.CountOfParty(partyId) >= options.MaxTickets ? MatchmakerErrors.TooManyTickets : null;
    }

    /// <summary>
    /// The tickets of a closing session are removed only once. A session of another node is a member of a party, which removes
    /// its tickets when the member leaves.
    /// </summary>
    private bool IsThere(MatchmakerPresence presence)
    {
        if (presence.Node == nodes.LocalName) return sessions.TryFind(presence.SessionId, out var session) && !session.IsClosing;
        return nodes.TryFind(presence.Node, out var node) && bus.IsMember(node);
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
