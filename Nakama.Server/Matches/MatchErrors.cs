using Nakama.Server.Errors;
using Nakama.Server.Realtime;
using ErrorCode = Nakama.Protocol.Realtime.Error.Types.Code;

namespace Nakama.Server.Matches;

/// <summary>The errors of matches, on the socket and in the match list.</summary>
public static class MatchErrors
{
    private const string InvalidIdText = "Invalid match ID";

    public static RealtimeException InvalidId => RealtimeException.BadInput(InvalidIdText);

    /// <summary>The same for data, for which clients expect no response.</summary>
    public static RealtimeException InvalidIdOfData => new(ErrorCode.BadInput, InvalidIdText) { EchoesCid = false };

    public static RealtimeException NoIdOrToken => RealtimeException.BadInput("No match ID or token found");

    public static RealtimeException InvalidToken => RealtimeException.BadInput("Invalid match token");

    public static RealtimeException NotFound => new(ErrorCode.MatchNotFound, "Match not found");

    public static RealtimeException JoinFailed => RealtimeException.Runtime("Error joining match");

    public static ApiException ListLimit => new(StatusCode.InvalidArgument, "Invalid limit - limit must be between 1 and 100.");

    public static ApiException ListLabel =>
        new(StatusCode.InvalidArgument, "Label filtering is not supported for non-authoritative matches.");

    public static ApiException ListQuery =>
        new(StatusCode.InvalidArgument, "Query filtering is not supported for non-authoritative matches.");

    public static ApiException ListMinSize => new(StatusCode.InvalidArgument, "Minimum size must be 0 or above.");

    public static ApiException ListMaxSize => new(StatusCode.InvalidArgument, "Maximum size must be 0 or above.");

    public static ApiException ListSizes =>
        new(StatusCode.InvalidArgument, "Maximum size must be greater than or equal to minimum size when both are specified.");

    public static ApiException ListFailed => new(StatusCode.Internal, "Error listing matches.");

    /// <summary>A match rejected a session.</summary>
    /// <param name="reason">The reason that the match gives; empty when it gives none.</param>
    public static RealtimeException Rejected(string reason) =>
        new(ErrorCode.MatchJoinRejected, reason.Length > 0 ? reason : "Match join rejected");
}
