using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// The search index of the tickets. Only rounds use it, one at a time, so it needs no lock: tickets that are added or removed
/// during a round are applied before the next one.
/// </summary>
internal sealed class MatchmakerIndex
{
    private readonly List<MatchmakerTicket> _active = [];
    private MatchmakerTicket?[] _byRow = [];

    public SearchRows Rows { get; } = new(MatchmakerDocument.Id, MatchmakerDocument.Ticket);

    public int Count => Rows.Live;

    /// <summary>The tickets that still search for opponents, oldest first; may include some that stopped in this round.</summary>
    public IReadOnlyList<MatchmakerTicket> Active => _active;

    /// <summary>The largest number of players that a ticket has had.</summary>
    public int LargestTicket { get; private set; } = 1;

    /// <summary>How often the rows were renumbered; plans made before that are invalid.</summary>
    public int Packs { get; private set; }

    /// <summary>Null when there is none.</summary>
    public MatchmakerTicket? Oldest => Rows.First < Rows.End ? _byRow[Rows.First] : null;

    /// <summary>The ticket of a row that has not been removed.</summary>
    public MatchmakerTicket OfRow(int row) => _byRow[row]!;

    public List<MatchmakerTicket> ToList()
    {
        var tickets = new List<MatchmakerTicket>(Count);
        for (var row = Rows.First; row < Rows.End; row++)
        {
            if (_byRow[row] is { } ticket) tickets.Add(ticket);
        }

        return tickets;
    }

    /// <summary>Removes the tickets that no longer wait and adds the new ones.</summary>
    /// <param name="added">The new tickets, oldest first, all younger than those in the index.</param>
    public void Update(List<MatchmakerTicket> added)
    {
        for (var row = Rows.First; row < Rows.End; row++)
        {
            if (_byRow[row] is { IsWaiting: false } gone) Remove(gone);
        }

        _active.RemoveAll(static ticket => !ticket.IsActive || !ticket.IsWaiting);
        PackWhenWorthIt();
        foreach (var ticket in added)
        {
            if (ticket.IsWaiting) Add(ticket);
        }
    }

    public void Remove(MatchmakerTicket ticket)
    {
        Rows.Remove(ticket.Row);
        _byRow[ticket.Row] = null;
        ticket.Row = -1;
    }

    /// <summary>Renumbers the rows when most of them have been removed. No search may be in progress.</summary>
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

    private void Add(MatchmakerTicket ticket)
    {
        ticket.Row = Rows.Add(MatchmakerDocument.Of(ticket).Values);
        if (ticket.Row >= _byRow.Length) Array.Resize(ref _byRow, Math.Max(64, ticket.Row * 2));
        _byRow[ticket.Row] = ticket;
        if (ticket.IsActive) _active.Add(ticket);
        LargestTicket = Math.Max(LargestTicket, ticket.Count);
    }
}
