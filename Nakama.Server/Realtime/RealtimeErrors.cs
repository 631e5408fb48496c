using Nakama.Server.Api;
using ErrorCode = Nakama.Protocol.Realtime.Error.Types.Code;

namespace Nakama.Server.Realtime;

/// <summary>The refusals of the dispatch itself.</summary>
public static class RealtimeErrors
{
    /// <summary>A message whose feature this node does not offer.</summary>
    public static RealtimeException NotImplemented => RealtimeException.Runtime("Not implemented.");

    public const string TooManyMessagesText = "Too many messages. Try again in 1 second.";

    /// <summary>The error sent for an unexpected fault.</summary>
    public static RealtimeException Fault => RealtimeException.Runtime("Runtime exception.");

    public static RealtimeException AnswerTooLarge => RealtimeException.Runtime(ApiAnswers.TooLargeText);

    /// <summary>A before hook failed or refused with a text.</summary>
    public static RealtimeException HookFailed(string message) => new(ErrorCode.RuntimeFunctionException, message);

    /// <summary>A before hook returned something other than a message; the answer has no cid, because the reply took its place.</summary>
    public static RealtimeException HookResultInvalid(string message) => new(ErrorCode.RuntimeFunctionException, message) { EchoesCid = false };

    /// <summary>A before hook refused by returning nothing.</summary>
    public static RealtimeException ResourceNotFound => new(ErrorCode.UnrecognizedPayload, ApiErrors.ResourceNotFound.Message);
}
