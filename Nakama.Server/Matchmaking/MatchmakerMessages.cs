using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Matchmaking;

/// <summary>The bus messages about tickets.</summary>
internal static class MatchmakerMessages
{
    /// <summary>To the owner: copies of tickets.</summary>
    public static readonly BusMessage<Tickets> Added = new(50);

    /// <summary>To the owner: tickets that were removed.</summary>
    public static readonly BusMessage<TicketIds> Removed = new(51);

    /// <summary>From the owner: tickets that are matched, or whose session has closed.</summary>
    public static readonly BusMessage<TicketIds> Gone = new(52);

    /// <summary>To the owner: requests the matchmaker statistics.</summary>
    public static readonly BusQuestion<Nothing, MatchmakerStatisticsAnswer> Statistics = new(53);

    public static Tickets.Types.Ticket Of(MatchmakerTicket ticket)
    {
        var criteria = ticket.Criteria;
        var copy = new Tickets.Types.Ticket
        {
            Id = ticket.Id,
            PartyId = ticket.PartyId,
            Sessions = { ticket.Presences.Select(static presence => presence.ToKey()) },
            MinCount = criteria.MinCount,
            MaxCount = criteria.MaxCount,
            CountMultiple = criteria.CountMultiple,
            Query = criteria.Query,
            CreatedAtTicks = ticket.CreatedAt.UtcTicks,
        };
        foreach (var (name, text) in criteria.StringProperties) copy.StringProperties.Add(name, text);
        foreach (var (name, number) in criteria.NumericProperties) copy.NumericProperties.Add(name, number);
        return copy;
    }

    public static MatchmakerTicket Read(Tickets.Types.Ticket copy, NodeId origin, QueryCache queries) => new(
        copy.Id,
        origin,
        [.. copy.Sessions.Select(MatchmakerPresence.Of)],
        copy.PartyId,
        MatchmakerCriteria.Check(copy.MinCount, copy.MaxCount, copy.CountMultiple, copy.Query, copy.StringProperties, copy.NumericProperties),
        queries.Parse(copy.Query),
        new DateTimeOffset(copy.CreatedAtTicks, TimeSpan.Zero));
}
