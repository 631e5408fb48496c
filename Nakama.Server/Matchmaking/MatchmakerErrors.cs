using Nakama.Server.Realtime;

namespace Nakama.Server.Matchmaking;

/// <summary>Every refusal the matchmaker can give.</summary>
public static class MatchmakerErrors
{
    internal static RealtimeError MinCount => RealtimeError.BadInput("Invalid minimum count, must be >= 2");

    internal static RealtimeError MaxCount => RealtimeError.BadInput("Invalid maximum count, must be >= minimum count");

    internal static RealtimeError CountMultiple => RealtimeError.BadInput("Invalid count multiple, must be >= 1");

    internal static RealtimeError MinCountMultiple => RealtimeError.BadInput("Invalid count multiple for minimum count, must divide");

    internal static RealtimeError MaxCountMultiple => RealtimeError.BadInput("Invalid count multiple for maximum count, must divide");

    /// <summary>Whatever the reason is, a player on his own is only told this.</summary>
    internal static RealtimeError NotAdded => RealtimeError.Runtime("Error adding to matchmaker");

    internal static RealtimeError InvalidTicket => RealtimeError.BadInput("Invalid matchmaker ticket");

    internal static RealtimeError TicketNotFound => RealtimeError.BadInput("Matchmaker ticket not found");

    internal static MatchmakerRefusal InvalidQuery => new("matchmaker query invalid");

    internal static MatchmakerRefusal DuplicateSession => new("matchmaker duplicate session");

    internal static MatchmakerRefusal PartyTooLarge => new("party has more members than max_count");

    internal static MatchmakerRefusal TooManyTickets => new("matchmaker too many tickets");

    internal static MatchmakerRefusal TooOften => new("matchmaker too many requests");

    internal static MatchmakerRefusal NotAvailable => new("matchmaker not available");
}
