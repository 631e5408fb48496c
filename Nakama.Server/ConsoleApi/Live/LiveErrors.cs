using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>The errors of the live methods.</summary>
internal static class LiveErrors
{
    public static ApiException PageLimit(int most) => new(StatusCode.InvalidArgument, $"Limit must be between 1 and {most}.");

    public static ApiException LevelInvalid => new(StatusCode.InvalidArgument, "Level must be debug, info, warn or error.");

    public static ApiException CursorInvalid => new(StatusCode.InvalidArgument, "Cursor is invalid.");

    public static ApiException TextTooLong => new(StatusCode.InvalidArgument, "A filter is too long.");

    public static ApiException KindInvalid => new(StatusCode.InvalidArgument, "Kind must be player, group or object.");

    public static ApiException IdInvalid(string what) => new(StatusCode.InvalidArgument, $"Requires a valid {what} ID.");

    public static ApiException QueryInvalid(string reason) => new(StatusCode.InvalidArgument, $"Query is invalid: {reason}.");

    public static ApiException NoSuchNode => new(StatusCode.NotFound, "The node is not a member of the cluster.");

    public static ApiException Unreachable(string node) => new(StatusCode.Unavailable, $"Node {node} does not answer.");

    public static ApiException MatchNotFound => new(StatusCode.NotFound, "Match not found.");

    public static ApiException MatchBusy => new(StatusCode.ResourceExhausted, "The match is busy or does not answer.");

    public static ApiException SignalOfRelayed => new(StatusCode.FailedPrecondition, "Relayed matches have no signals.");

    public static ApiException SignalTooLong => new(StatusCode.InvalidArgument, "A signal has at most 64 KiB.");

    public static ApiException SessionNotFound => new(StatusCode.NotFound, "Session not found.");

    public static ApiException TicketNotFound => new(StatusCode.NotFound, "The ticket does not wait any more.");

    public static ApiException PartyNotFound => new(StatusCode.NotFound, "Party not found.");

    public static ApiException JobNotFound => new(StatusCode.NotFound, "No module has registered this job.");
}
