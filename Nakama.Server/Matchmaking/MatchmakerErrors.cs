using Nakama.Server.Realtime;

namespace Nakama.Server.Matchmaking;

/// <summary>The errors of the matchmaker.</summary>
public static class MatchmakerErrors
{
    internal static RealtimeException MinCount => RealtimeException.BadInput("Invalid minimum count, must be >= 2");

    internal static RealtimeException MaxCount => RealtimeException.BadInput("Invalid maximum count, must be >= minimum count");

    internal static RealtimeException CountMultiple => RealtimeException.BadInput("Invalid count multiple, must be >= 1");

    internal static RealtimeException MinCountMultiple => RealtimeException.BadInput("Invalid count multiple for minimum count, must divide");

    internal static RealtimeException MaxCountMultiple => RealtimeException.BadInput("Invalid count multiple for maximum count, must divide");

    /// <summary>The only error that a single player receives, whatever the reason.</summary>
    internal static RealtimeException NotAdded => RealtimeException.Runtime("Error adding to matchmaker");

    internal static RealtimeException InvalidTicket => RealtimeException.BadInput("Invalid matchmaker ticket");

    internal static RealtimeException TicketNotFound => RealtimeException.BadInput("Matchmaker ticket not found");

    internal static MatchmakerException InvalidQuery => new("matchmaker query invalid");

    internal static MatchmakerException DuplicateSession => new("matchmaker duplicate session");

    internal static MatchmakerException PartyTooLarge => new("party has more members than max_count");

    internal static MatchmakerException TooManyTickets => new("matchmaker too many tickets");

    internal static MatchmakerException TooOften => new("matchmaker too many requests");

    internal static MatchmakerException NotAvailable => new("matchmaker not available");
}
