using System.Diagnostics.CodeAnalysis;
using Nakama.Protocol.Realtime;

namespace Nakama.Server.Sessions;

/// <summary>
/// One connection of one user, from any listener: its identity, a bounded queue of outgoing messages, and a
/// close that happens once. Transports derive from it. A full queue drops the message and closes the session.
/// </summary>
public abstract class Session(SessionHost host) : SessionAddress
{
    private CancellationTokenSource? _closed;
    private TaskCompletionSource? _closeDone;
    private volatile bool _isClosing;

    [SetsRequiredMembers]
    protected Session(SessionHost host, in SessionIdentity identity)
        : this(host)
    {
        (Id, UserId, Username) = (identity.Id, identity.UserId, identity.Username);
        (Vars, Expiry, Lang) = (identity.Vars, identity.Expiry, identity.Lang);
        (ClientIp, ClientPort, IsClientIpCertain) = (identity.ClientIp, identity.ClientPort, identity.IsClientIpCertain);
    }

    public required IReadOnlyDictionary<string, string> Vars { get; init; }

    /// <summary>When the token expires, in seconds since the epoch.</summary>
    public required long Expiry { get; init; }

    public required string Lang { get; init; }

    public required string ClientIp { get; init; }

    public required string ClientPort { get; init; }

    /// <summary>Whether the address is known for certain, so that limits on addresses may count it.</summary>
    public bool IsClientIpCertain { get; init; } = true;

    public abstract SessionFormat Format { get; }

    /// <summary>True as soon as the close begins: no presence can be added any more.</summary>
    public bool IsClosing => _isClosing;

    /// <summary>Cancelled when the session closes.</summary>
    public CancellationToken Closed
    {
        get
        {
            var source = Volatile.Read(ref _closed);
            if (source is null)
            {
                if (_isClosing) return new CancellationToken(canceled: true);
                var made = new CancellationTokenSource();
                source = Interlocked.CompareExchange(ref _closed, made, null) ?? made;
                // The close may have checked for the source just before it was published.
                if (_isClosing) source.Cancel();
            }
            return source.Token;
        }
    }

    /// <summary>The state of the message rate limits for this session. Used only by them, on the session's one reader.</summary>
    internal object? MessageRate { get; set; }

    protected SessionHost Host { get; } = host;

    /// <summary>
    /// Closes the session, once. Queued messages are lost; <paramref name="lastWords"/> are still written before the
    /// connection ends.
    /// </summary>
    public void Close(SessionClose reason, params ReadOnlySpan<Envelope> lastWords)
    {
        lock (PresenceGate)
        {
            if (_isClosing) return;
            _closeDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _isClosing = true;
        }

        try
        {
            // Registered callbacks belong to the running handlers; they must not run on the closing thread.
            _ = Volatile.Read(ref _closed)?.CancelAsync();
            StopSending();
            Host.Closing(this, reason);
            End(reason, lastWords);
        }
        finally
        {
            _closeDone.SetResult();
        }
    }

    /// <summary>
    /// Closes the session unless it is being closed already, and completes when that is done: until then a transport must
    /// not release the connection, which the closing thread is still using.
    /// </summary>
    protected Task CloseAsync(SessionClose reason)
    {
        Close(reason);
        return _closeDone!.Task;
    }

    /// <summary>Whether the outgoing queue has room for the answers to another message of the client. True by default.</summary>
    protected internal virtual bool HasRoom => true;

    /// <summary>
    /// Completes when the outgoing queue has room for the answers to another message of the client, or the session has closed.
    /// </summary>
    protected internal virtual ValueTask RoomAsync() => default;

    /// <summary>Drops the queue; later messages are refused.</summary>
    protected abstract void StopSending();

    /// <summary>Writes the close notifications and ends the connection, without waiting for either.</summary>
    protected abstract void End(SessionClose reason, ReadOnlySpan<Envelope> lastWords);

    /// <summary>To be called once by the transport when the connection is gone.</summary>
    protected void Ended(SessionClose reason) => Host.Ended(this, reason);
}
