using Nakama.Server.Api;
using ErrorCode = Nakama.Server.Wire.Realtime.Error.Types.Code;

namespace Nakama.Server.Realtime;

/// <summary>Every refusal the dispatch itself can give.</summary>
public static class RealtimeErrors
{
    /// <summary>A message whose feature this node does not offer.</summary>
    public static RealtimeError NotImplemented => RealtimeError.Runtime("Not implemented.");

    public const string TooManyMessagesText = "Too many messages. Try again in 1 second.";

    /// <summary>What is told of a fault that nobody expected.</summary>
    public static RealtimeError Fault => RealtimeError.Runtime("Runtime exception.");

    public static RealtimeError AnswerTooLarge => RealtimeError.Runtime(ApiAnswers.TooLargeText);

    /// <summary>A before hook failed or refused with a text.</summary>
    public static RealtimeError HookFailed(string message) => new(ErrorCode.RuntimeFunctionException, message);

    /// <summary>A before hook refused by returning nothing.</summary>
    public static RealtimeError ResourceNotFound => new(ErrorCode.UnrecognizedPayload, ApiErrors.ResourceNotFound.Message);
}
