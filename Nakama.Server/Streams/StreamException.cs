using Nakama.Server.Errors;

namespace Nakama.Server.Streams;

/// <summary>An error that is reported to game logic.</summary>
public sealed class StreamException : ApiException
{
    private StreamException(StreamErrorReason fault, string message)
        : base(fault == StreamErrorReason.SessionClosing ? StatusCode.FailedPrecondition : StatusCode.NotFound, message) => Fault = fault;

    public StreamErrorReason Fault { get; }

    internal static StreamException SessionUnknown => new(StreamErrorReason.SessionUnknown, "session id does not exist");

    internal static StreamException OtherNode => new(StreamErrorReason.OtherNode, "node not found");

    internal static StreamException JoinRejected =>
        new(StreamErrorReason.SessionClosing, "tracker rejected new presence, session is closing");

    internal static StreamException UpdateRejected =>
        new(StreamErrorReason.SessionClosing, "tracker rejected updated presence, session is closing");
}
