using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>The fields by which queries find a ticket.</summary>
internal static class MatchmakerDocument
{
    /// <summary>The ticket's id.</summary>
    public const string Id = "_id";

    /// <summary>The other name of <see cref="Id"/>.</summary>
    public const string Ticket = "ticket";

    private const int OwnFields = 5;
    private const long NanosecondsPerTick = 100;

    public static SearchDocument Of(MatchmakerTicket ticket)
    {
        var criteria = ticket.Criteria;
        var document = new SearchDocument(OwnFields + criteria.NumericProperties.Count + criteria.StringProperties.Count)
            .Keyword(Id, ticket.Id)
            .Keyword("party_id", ticket.PartyId)
            .Number("min_count", criteria.MinCount)
            .Number("max_count", criteria.MaxCount)
            .Number("created_at", (ticket.CreatedAt - DateTimeOffset.UnixEpoch).Ticks * (double)NanosecondsPerTick);
        foreach (var (name, number) in criteria.NumericProperties) document.Number("properties." + name, number);
        foreach (var (name, text) in criteria.StringProperties)
        {
            // When a string and a numeric property have the same name, the numeric one is used.
            if (!criteria.NumericProperties.ContainsKey(name)) document.Text("properties." + name, text);
        }

        return document;
    }
}
