using System.IO.Pipelines;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>The byte stream below a WebSocket: one reader, one writer at a time.</summary>
internal abstract class WebSocketTransport
{
    /// <summary>The data from the client. Holds no memory while nothing arrives.</summary>
    public abstract PipeReader Input { get; }

    /// <summary>Both endpoints as text, for messages about the connection.</summary>
    public abstract string Ends { get; }

    /// <summary>Whether data from the client can still be received after <see cref="FinishSending"/>.</summary>
    public abstract bool CanHalfClose { get; }

    /// <summary>Sends as much as possible without waiting; returns the number of bytes sent.</summary>
    /// <exception cref="IOException">The connection is lost.</exception>
    public abstract int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Sends the rest of what could not be sent at once.</summary>
    /// <exception cref="IOException">The connection is lost.</exception>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Signals the client that nothing more will be sent, and wakes the reader.</summary>
    public abstract void FinishSending();

    /// <summary>Drops the connection.</summary>
    public abstract void Abort();

    /// <summary>Called when the session is over; later calls leave the connection unchanged.</summary>
    public virtual void Complete()
    {
    }
}
