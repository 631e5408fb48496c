using System.Globalization;
using Nakama.Protocol.Live;

namespace Nakama.Console.Matchmaking;

/// <summary>Describes tickets to operators.</summary>
internal static class MatchmakerText
{
    private const int MostNames = 3;

    public static string PlayersOf(MatchmakerTicketEntry ticket)
    {
        if (ticket.Presences.Count == 0) return ticket.Ticket;
        var names = string.Join(", ", ticket.Presences.Take(MostNames).Select(static presence => presence.Username.Length > 0 ? presence.Username : presence.UserId));
        return ticket.Presences.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $"{names} and {ticket.Presences.Count - MostNames} more") : names;
    }

    /// <summary>How many players the ticket wants, such as <c>2 to 8 in steps of 2</c>.</summary>
    public static string CountOf(MatchmakerTicketEntry ticket)
    {
        var range = ticket.MinCount == ticket.MaxCount
            ? ticket.MinCount.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{ticket.MinCount} to {ticket.MaxCount}");
        return ticket.CountMultiple > 1 ? string.Create(CultureInfo.InvariantCulture, $"{range} in steps of {ticket.CountMultiple}") : range;
    }

    public static string MeaningOf(MatchmakerClause clause) => clause.Occurrence switch
    {
        MatchmakerClause.Types.Occurrence.Must => "must",
        MatchmakerClause.Types.Occurrence.MustNot => "must not",
        _ => "should",
    };

    public static string KindOf(MatchmakerClause clause) => clause.Kind switch
    {
        "is" => "has exactly this text",
        "number" => "has this number",
        "range" => (clause.HasLowest, clause.HasHighest) switch
        {
            (true, true) => "is in this range",
            (true, false) => "is not below",
            _ => "is not above",
        },
        "pattern" => "matches this pattern",
        _ => "can never match: no ticket has text that is found in this way",
    };
}
