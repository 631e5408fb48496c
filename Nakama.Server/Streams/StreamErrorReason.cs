namespace Nakama.Server.Streams;

/// <summary>Why game logic could not add a session to a stream.</summary>
public enum StreamErrorReason
{
    /// <summary>The session does not exist, or belongs to another user.</summary>
    SessionUnknown,

    /// <summary>The session's id was created by no known node.</summary>
    OtherNode,

    SessionClosing,
}
