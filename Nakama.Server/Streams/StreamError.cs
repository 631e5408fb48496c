using Nakama.Server.Errors;

namespace Nakama.Server.Streams;

/// <summary>A refusal that game logic is meant to see.</summary>
public sealed class StreamError : ApiError
{
    private StreamError(StreamFault fault, string message)
        : base(fault == StreamFault.SessionClosing ? StatusCode.FailedPrecondition : StatusCode.NotFound, message) => Fault = fault;

    public StreamFault Fault { get; }

    internal static StreamError SessionUnknown => new(StreamFault.SessionUnknown, "session id does not exist");

    internal static StreamError OtherNode => new(StreamFault.OtherNode, "node not found");

    internal static StreamError JoinRejected =>
        new(StreamFault.SessionClosing, "tracker rejected new presence, session is closing");

    internal static StreamError UpdateRejected =>
        new(StreamFault.SessionClosing, "tracker rejected updated presence, session is closing");
}
