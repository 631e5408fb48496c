namespace Nakama.Server.Sessions;

/// <summary>Why a session ends.</summary>
/// <param name="Text">The text of the close frame, at most 123 bytes; when empty, the connection just ends.</param>
/// <param name="LeaveReason">The wire number of the presence reason that match handlers receive for its leaves.</param>
public sealed record SessionClose(string Text, byte LeaveReason = SessionClose.Disconnect)
{
    /// <summary>The close code of an endpoint that goes away.</summary>
    private const ushort GoingAway = 1001;

    /// <summary>The presence reason of a lost or closed connection.</summary>
    public const byte Disconnect = 4;

    public static readonly SessionClose QueueFull = new("session outgoing queue full");
    public static readonly SessionClose MalformedPayload = new("received malformed payload");
    public static readonly SessionClose WrongMessageType = new("received unexpected WebSocket message type");
    public static readonly SessionClose ProcessingFailed = new("error processing message");
    public static readonly SessionClose ServerSide = new("server-side session disconnect");
    public static readonly SessionClose NodeLost = new("the node has lost its cluster, reconnect") { Code = GoingAway };
    public static readonly SessionClose PeerClosed = new("");

    /// <summary>The close code of the frame.</summary>
    public ushort Code { get; init; } = 1000;

    /// <summary>Whether a close frame is sent even though <see cref="Text"/> is empty.</summary>
    public bool AlwaysTells { get; init; }

    /// <summary>Whether the connection waits briefly for the client to confirm the close frame.</summary>
    public bool AwaitsAnswer { get; init; } = true;

    /// <summary>The cause for logs and session-end events, when no text is sent to the client.</summary>
    public string Cause { get; init; } = "";

    /// <summary>The reason shown in logs and session-end events.</summary>
    public string Description => Cause.Length > 0 ? Cause : Text;
}
