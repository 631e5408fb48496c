using Nakama.Server.Errors;
using Nakama.Server.Realtime;

namespace Nakama.Server.Parties;

/// <summary>Every refusal of parties, on the socket and of their list.</summary>
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

    public static RealtimeError InvalidId => RealtimeError.BadInput("Invalid party ID");

    public static RealtimeError InvalidPresence => RealtimeError.BadInput("Invalid presence");

    public static RealtimeError InvalidTicket => RealtimeError.BadInput("Invalid matchmaker ticket");

    public static RealtimeError InvalidMaxSize => RealtimeError.BadInput("Invalid party max size, must be 1-256");

    public static RealtimeError NotCreated => RealtimeError.Runtime("Error tracking party creation");

    public static RealtimeError NotJoined => RealtimeError.Runtime("Error tracking party join");

    /// <summary>The node of the party did not answer.</summary>
    public static RealtimeError Unreachable => RealtimeError.Runtime("Party unavailable");

    public static ApiError ListLimit => new(StatusCode.InvalidArgument, "Invalid limit - limit must be between 1 and 100.");

    public static ApiError ListCursor => new(StatusCode.InvalidArgument, "Cursor is invalid.");

    /// <summary>The list of parties has the words of that of matches; clients may look for them.</summary>
    public static ApiError ListFailed => new(StatusCode.Internal, "Error listing matches.");

    public static RealtimeError Creating(string reason) => RealtimeError.BadInput("Error creating party: " + reason);

    public static RealtimeError Joining(string reason) => RealtimeError.BadInput("Error joining party: " + reason);

    public static RealtimeError Promoting(string reason) => RealtimeError.BadInput("Error promoting new party leader: " + reason);

    public static RealtimeError Accepting(string reason) => RealtimeError.BadInput("Error accepting party join request: " + reason);

    public static RealtimeError Removing(string reason) =>
        RealtimeError.BadInput("Error removing party member or join request: " + reason);

    /// <summary>Also what a refused return of a ticket begins with.</summary>
    public static RealtimeError Closing(string reason) => RealtimeError.BadInput("Error closing party: " + reason);

    public static RealtimeError ListingRequests(string reason) => RealtimeError.BadInput("Error listing party join requests: " + reason);

    public static RealtimeError AddingToMatchmaker(string reason) => RealtimeError.BadInput("Error adding party to matchmaker: " + reason);

    public static RealtimeError SendingData(string reason) => RealtimeError.BadInput("Error sending party data: " + reason);

    public static RealtimeError Updating(string reason) => RealtimeError.BadInput("Error updating party: " + reason);
}
