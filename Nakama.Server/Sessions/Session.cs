using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Sessions;

/// <summary>Why a session ended, with the close text that the client sees.</summary>
public sealed record SessionClose(string Text, bool IsDisconnect)
{
    public static readonly SessionClose QueueFull = new("session outgoing queue full", true);
    public static readonly SessionClose MalformedPayload = new("received malformed payload", true);
    public static readonly SessionClose WrongMessageType = new("received unexpected WebSocket message type", true);
    public static readonly SessionClose ProcessingFailed = new("error processing message", true);
    public static readonly SessionClose ServerSide = new("server-side session disconnect", true);
    public static readonly SessionClose PeerClosed = new("", true);
}

/// <summary>
/// One connection of one user, whatever door it came through: who it is, a bounded queue of outgoing messages, and a
/// close that happens once. Transports derive from it.
/// </summary>
public abstract class Session
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string Username { get; init; }

    public required IReadOnlyDictionary<string, string> Vars { get; init; }

    /// <summary>When the token ends, in seconds since the epoch.</summary>
    public required long Expiry { get; init; }

    public required string Lang { get; init; }

    public required string ClientIp { get; init; }

    public required string ClientPort { get; init; }

    public abstract SessionFormat Format { get; }

    /// <summary>Cancelled when the session closes.</summary>
    public abstract CancellationToken Closed { get; }

    /// <summary>Queues a message. A full queue closes the session; false when the session is closed or closing.</summary>
    public abstract bool TrySend(SharedPayload payload);

    /// <summary>Ends the session, once. <paramref name="lastWords"/> are written before the close frame.</summary>
    public abstract void Close(SessionClose reason, params ReadOnlySpan<Envelope> lastWords);
}
