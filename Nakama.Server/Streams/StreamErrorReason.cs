namespace Nakama.Server.Streams;

/// <summary>Why game logic could not put a session into a stream.</summary>
public enum StreamErrorReason
{
    /// <summary>There is no such session, or it is another user's.</summary>
    SessionUnknown,

    /// <summary>The session's id was made by no known node.</summary>
    OtherNode,

    SessionClosing,
}
