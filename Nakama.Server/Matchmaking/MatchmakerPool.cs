using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// The waiting tickets by id, by session and by party. It is used under the matchmaker's lock, so no operation depends on the
/// number of tickets; rounds search <see cref="MatchmakerIndex"/> instead.
/// </summary>
internal sealed class MatchmakerPool
{
    private const int MostGone = 1024;

    private readonly Dictionary<string, MatchmakerTicket> _tickets = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, TicketSet> _bySession = [];
    private readonly Dictionary<string, TicketSet> _byParty = new(StringComparer.Ordinal);
    private List<MatchmakerTicket> _added = [];
    private long _taken;

    public int Count => _tickets.Count;

    public IReadOnlyCollection<MatchmakerTicket> Tickets => _tickets.Values;

    public MatchmakerTicket? Find(string id) => _tickets.GetValueOrDefault(id);

    public int CountOfSession(Guid sessionId) => _bySession.GetValueOrDefault(sessionId).Count;

    public int CountOfParty(string partyId) => _byParty.GetValueOrDefault(partyId).Count;

    /// <param name="ticket">A new one.</param>
    public void Add(MatchmakerTicket ticket)
    {
        ticket.Number = ++_taken;
        ticket.IsWaiting = true;
        _tickets.Add(ticket.Id, ticket);
        foreach (var presence in ticket.Presences) AddTo(_bySession, presence.SessionId, ticket);
        if (ticket.PartyId.Length > 0) AddTo(_byParty, ticket.PartyId, ticket);
        _added.Add(ticket);
        if (_added.Count > MostGone + (2 * Count)) _added.RemoveAll(static ticket => !ticket.IsWaiting);
    }

    /// <summary>False when the ticket was no longer in the pool.</summary>
    public bool Remove(MatchmakerTicket ticket)
    {
        if (!_tickets.Remove(ticket.Id)) return false;
        foreach (var presence in ticket.Presences) RemoveFrom(_bySession, presence.SessionId, ticket);
        if (ticket.PartyId.Length > 0) RemoveFrom(_byParty, ticket.PartyId, ticket);
        ticket.IsWaiting = false;
        return true;
    }

    /// <summary>Null when it has none.</summary>
    public MatchmakerTicket? YoungestOfSession(Guid sessionId) => _bySession.GetValueOrDefault(sessionId).Youngest;

    /// <summary>Null when it has none.</summary>
    public MatchmakerTicket? YoungestOfParty(string partyId) => _byParty.GetValueOrDefault(partyId).Youngest;

    /// <summary>The tickets added since the last call, oldest first; may include some that were removed again.</summary>
    public List<MatchmakerTicket> TakeAdded()
    {
        var added = _added;
        _added = [];
        return added;
    }

    /// <summary>Marks all tickets as added, for a new index.</summary>
    public void StartAnew() => _added = [.. _tickets.Values.OrderBy(static ticket => ticket.Number)];

    private static void AddTo<TKey>(Dictionary<TKey, TicketSet> map, TKey key, MatchmakerTicket ticket)
        where TKey : notnull =>
        CollectionsMarshal.GetValueRefOrAddDefault(map, key, out _).Add(ticket);

    private static void RemoveFrom<TKey>(Dictionary<TKey, TicketSet> map, TKey key, MatchmakerTicket ticket)
        where TKey : notnull
    {
        ref var tickets = ref CollectionsMarshal.GetValueRefOrNullRef(map, key);
        if (Unsafe.IsNullRef(ref tickets)) return;
        tickets.Remove(ticket);
        if (tickets.Count == 0) map.Remove(key);
    }
}
