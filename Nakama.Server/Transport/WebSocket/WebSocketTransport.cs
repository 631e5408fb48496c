using System.IO.Pipelines;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>The bytes below a WebSocket: one reader, one writer at a time.</summary>
internal abstract class WebSocketTransport
{
    /// <summary>What the client sends. Holds no memory while nothing arrives.</summary>
    public abstract PipeReader Input { get; }

    /// <summary>Both ends as text, for messages about the connection.</summary>
    public abstract string Ends { get; }

    /// <summary>Whether the client can still be heard after <see cref="FinishSending"/>.</summary>
    public abstract bool CanHalfClose { get; }

    /// <summary>Sends what can be sent without waiting; returns how much that was.</summary>
    /// <exception cref="IOException">The connection is lost.</exception>
    public abstract int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Sends the rest of what could not be sent at once.</summary>
    /// <exception cref="IOException">The connection is lost.</exception>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Tells the client that nothing more comes, and wakes the reader.</summary>
    public abstract void FinishSending();

    /// <summary>Drops the connection.</summary>
    public abstract void Abort();

    /// <summary>The session is over; whoever is late with something leaves the connection alone.</summary>
    public virtual void Complete()
    {
    }
}
