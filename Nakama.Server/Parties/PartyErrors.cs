using Nakama.Server.Errors;
using Nakama.Server.Realtime;

namespace Nakama.Server.Parties;

/// <summary>The errors of parties, on the socket and in the party list.</summary>
public static class PartyErrors
{
    public const string NotFound = "party not found";
    public const string Closed = "party closed";
    public const string Full = "party full";
    public const string LeaderOnly = "party leader only";
    public const string MemberNotFound = "party member not found";
    public const string RequestNotFound = "party join request not found";
    public const string RequestDuplicate = "party join request duplicate";
    public const string RequestsFull = "party join requests full";
    public const string NotAccepted = "party could not accept request";
    public const string CannotRemoveSelf = "party cannot remove self";
    public const string LabelTooLong = "party label too long";
    public const string TicketNotFound = "matchmaker ticket not found";
    public const string HiddenWithLabel = "party is hidden and label is not empty, invalid operation";

    public static RealtimeException InvalidId => RealtimeException.BadInput("Invalid party ID");

    public static RealtimeException InvalidPresence => RealtimeException.BadInput("Invalid presence");

    public static RealtimeException InvalidTicket => RealtimeException.BadInput("Invalid matchmaker ticket");

    public static RealtimeException InvalidMaxSize => RealtimeException.BadInput("Invalid party max size, must be 1-256");

    public static RealtimeException NotCreated => RealtimeException.Runtime("Error tracking party creation");

    public static RealtimeException NotJoined => RealtimeException.Runtime("Error tracking party join");

    /// <summary>The node that owns the party did not respond.</summary>
    public static RealtimeException Unreachable => RealtimeException.Runtime("Party unavailable");

    public static ApiException ListLimit => new(StatusCode.InvalidArgument, "Invalid limit - limit must be between 1 and 100.");

    public static ApiException ListCursor => new(StatusCode.InvalidArgument, "Cursor is invalid.");

    /// <summary>The party list uses the texts of the match list, because clients may compare them.</summary>
    public static ApiException ListFailed => new(StatusCode.Internal, "Error listing matches.");

    public static RealtimeException Creating(string reason) => RealtimeException.BadInput("Error creating party: " + reason);

    public static RealtimeException Joining(string reason) => RealtimeException.BadInput("Error joining party: " + reason);

    public static RealtimeException Promoting(string reason) => RealtimeException.BadInput("Error promoting new party leader: " + reason);

    public static RealtimeException Accepting(string reason) => RealtimeException.BadInput("Error accepting party join request: " + reason);

    public static RealtimeException Removing(string reason) =>
        RealtimeException.BadInput("Error removing party member or join request: " + reason);

    /// <summary>Also the prefix of the error for a refused removal of a ticket.</summary>
    public static RealtimeException Closing(string reason) => RealtimeException.BadInput("Error closing party: " + reason);

    public static RealtimeException ListingRequests(string reason) => RealtimeException.BadInput("Error listing party join requests: " + reason);

    public static RealtimeException AddingToMatchmaker(string reason) => RealtimeException.BadInput("Error adding party to matchmaker: " + reason);

    public static RealtimeException SendingData(string reason) => RealtimeException.BadInput("Error sending party data: " + reason);

    public static RealtimeException Updating(string reason) => RealtimeException.BadInput("Error updating party: " + reason);
}
