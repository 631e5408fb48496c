namespace Nakama.Server.Matchmaking;

/// <summary>The players of a match, in the order in which the notifications list them.</summary>
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
