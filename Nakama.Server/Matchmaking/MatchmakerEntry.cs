namespace Nakama.Server.Matchmaking;

/// <summary>One player of a match that is being made, as game logic sees it.</summary>
public sealed class MatchmakerEntry
{
    private readonly MatchmakerTicket _ticket;

    internal MatchmakerEntry(MatchmakerTicket ticket, MatchmakerPresence presence)
    {
        _ticket = ticket;
        Presence = presence;
    }

    public MatchmakerPresence Presence { get; }

    public string Ticket => _ticket.Id;

    /// <summary>Empty for a player without a party.</summary>
    public string PartyId => _ticket.PartyId;

    /// <summary>The fewest players of the match that it waits for.</summary>
    public int MinCount => _ticket.Criteria.MinCount;

    /// <summary>The most players of the match that it waits for.</summary>
    public int MaxCount => _ticket.Criteria.MaxCount;

    public DateTimeOffset CreatedAt => _ticket.CreatedAt;

    public IReadOnlyDictionary<string, string> StringProperties => _ticket.Criteria.StringProperties;

    public IReadOnlyDictionary<string, double> NumericProperties => _ticket.Criteria.NumericProperties;

    /// <summary>String and numeric properties together; the numeric one when both have the same name.</summary>
    public IReadOnlyDictionary<string, object> Properties => field ??= Merge();

    internal MatchmakerTicket Owner => _ticket;

    private Dictionary<string, object> Merge()
    {
        var merged = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, text) in StringProperties) merged[name] = text;
        foreach (var (name, number) in NumericProperties) merged[name] = number;
        return merged;
    }
}
