namespace Nakama.Server.Matchmaking;

/// <summary>Players who are to play with each other, in the order in which all of them are told.</summary>
internal sealed record MadeMatch(IReadOnlyList<MatchmakerEntry> Entries)
{
    public static MadeMatch Of(IEnumerable<MatchmakerTicket> tickets)
    {
        var entries = new List<MatchmakerEntry>();
        foreach (var ticket in tickets)
        {
            foreach (var presence in ticket.Presences) entries.Add(new(ticket, presence));
        }

        return new(entries);
    }
}
