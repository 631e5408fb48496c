using Nakama.Server.Errors;
using ErrorCode = Nakama.Protocol.Realtime.Error.Types.Code;

namespace Nakama.Server.Realtime;

/// <summary>A refusal of a realtime message, answered as an error envelope; the session stays open.</summary>
public sealed class RealtimeException(ErrorCode code, string message) : ApiException(StatusOf(code), message)
{
    public ErrorCode Code { get; } = code;

    /// <summary>Whether the answer carries the request's cid; one refusal of the contract does not.</summary>
    public bool EchoesCid { get; init; } = true;

    private static StatusCode StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.BadInput or ErrorCode.MissingPayload or ErrorCode.UnrecognizedPayload => StatusCode.InvalidArgument,
        ErrorCode.MatchNotFound or ErrorCode.RuntimeFunctionNotFound => StatusCode.NotFound,
        ErrorCode.MatchJoinRejected => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    public static RealtimeException BadInput(string message) => new(ErrorCode.BadInput, message);

    public static RealtimeException Runtime(string message) => new(ErrorCode.RuntimeException, message);
}
