using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// The tickets that wait, by id, by session, by party, and in an index that queries are asked of. To be used under the
/// matchmaker's gate.
/// </summary>
internal sealed class MatchmakerPool
{
    private readonly Dictionary<string, MatchmakerTicket> _tickets = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, TicketSet> _bySession = [];
    private readonly Dictionary<string, TicketSet> _byParty = new(StringComparer.Ordinal);
    private MatchmakerTicket?[] _byRow = [];

    /// <summary>How many tickets were ever taken.</summary>
    public long Taken { get; private set; }

    public int Count => _tickets.Count;

    /// <summary>The most players that one of the tickets has ever had.</summary>
    public int LargestTicket { get; private set; } = 1;

    public SearchRows Rows { get; } = new(MatchmakerDocument.Id, MatchmakerDocument.Ticket);

    /// <summary>How often the rows were numbered anew; plans made before are of no use then.</summary>
    public int Packs { get; private set; }

    public IReadOnlyCollection<MatchmakerTicket> Tickets => _tickets.Values;

    public MatchmakerTicket? Oldest => Rows.First < Rows.End ? _byRow[Rows.First] : null;

    public MatchmakerTicket? Find(string id) => _tickets.GetValueOrDefault(id);

    public MatchmakerTicket OfRow(int row) => _byRow[row]!;

    public int CountOfSession(Guid sessionId) => _bySession.GetValueOrDefault(sessionId).Count;

    public int CountOfParty(string partyId) => _byParty.GetValueOrDefault(partyId).Count;

    /// <param name="ticket">A new one.</param>
    /// <param name="document">What it is found by.</param>
    public void Add(MatchmakerTicket ticket, SearchDocument document)
    {
        ticket.Number = ++Taken;
        ticket.Row = Rows.Add(document.Values);
        if (ticket.Row >= _byRow.Length) Array.Resize(ref _byRow, Math.Max(64, ticket.Row * 2));
        _byRow[ticket.Row] = ticket;
        _tickets.Add(ticket.Id, ticket);
        foreach (var presence in ticket.Presences) AddTo(_bySession, presence.SessionId, ticket);
        if (ticket.PartyId.Length > 0) AddTo(_byParty, ticket.PartyId, ticket);
        LargestTicket = Math.Max(LargestTicket, ticket.Count);
    }

    /// <summary>False when it was no longer there.</summary>
    public bool Remove(MatchmakerTicket ticket)
    {
        if (!_tickets.Remove(ticket.Id)) return false;
        foreach (var presence in ticket.Presences) RemoveFrom(_bySession, presence.SessionId, ticket);
        if (ticket.PartyId.Length > 0) RemoveFrom(_byParty, ticket.PartyId, ticket);
        Rows.Remove(ticket.Row);
        _byRow[ticket.Row] = null;
        ticket.Row = -1;
        ticket.IsActive = false;
        return true;
    }

    /// <summary>Null when it has none.</summary>
    public MatchmakerTicket? YoungestOfSession(Guid sessionId) => _bySession.GetValueOrDefault(sessionId).Youngest;

    /// <summary>Null when it has none.</summary>
    public MatchmakerTicket? YoungestOfParty(string partyId) => _byParty.GetValueOrDefault(partyId).Youngest;

    /// <summary>To be called when nothing is being searched.</summary>
    public void PackWhenWorthIt()
    {
        if (!Rows.IsWorthPacking) return;
        Packs++;
        Rows.Pack((from, to) =>
        {
            _byRow[to] = _byRow[from];
            _byRow[to]!.Row = to;
        });
        Array.Clear(_byRow, Rows.End, _byRow.Length - Rows.End);
    }

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
