using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// The tickets as one round searches them, in an index that queries are asked of. It belongs to the rounds, of which there is
/// one at a time, and needs no lock: tickets that come or go during a round are added and dropped before the next one.
/// </summary>
internal sealed class MatchmakerIndex
{
    private readonly List<MatchmakerTicket> _active = [];
    private MatchmakerTicket?[] _byRow = [];

    public SearchRows Rows { get; } = new(MatchmakerDocument.Id, MatchmakerDocument.Ticket);

    public int Count => Rows.Live;

    /// <summary>The tickets that still look for opponents, oldest first, among some that have stopped during this round.</summary>
    public IReadOnlyList<MatchmakerTicket> Active => _active;

    /// <summary>The most players that one of the tickets has ever had.</summary>
    public int LargestTicket { get; private set; } = 1;

    /// <summary>How often the rows were numbered anew; plans made before are of no use then.</summary>
    public int Packs { get; private set; }

    /// <summary>Null when there is none.</summary>
    public MatchmakerTicket? Oldest => Rows.First < Rows.End ? _byRow[Rows.First] : null;

    /// <summary>The ticket of a row that is not gone.</summary>
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

    /// <summary>Drops the tickets that no longer wait and takes those that have come.</summary>
    /// <param name="added">Oldest first, and younger than all that are there.</param>
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

    /// <summary>Numbers the rows anew when most of them are gone. To be called when no search is open.</summary>
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
