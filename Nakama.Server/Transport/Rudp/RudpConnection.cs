using Nakama.Enet;
using Nakama.Enet.Protocol;
using Nakama.Server.Lifecycle;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.Rudp;

/// <summary>
/// Reads what a peer sends, one message after the other on the thread pool, so that a slow handler holds up nobody else:
/// the first message shows the token, the others are envelopes.
/// </summary>
internal sealed class RudpConnection(EnetPeer peer, RudpHost host, RudpLogins logins, RealtimePipeline pipeline, SendScheduler.Lane lane)
    : IPeerListener, IThreadPoolWorkItem, ISendSource
{
    /// <summary>What a client without a valid token is told when it is turned away.</summary>
    public const uint NoToken = EnetPeer.NotAdmitted;

    /// <summary>What a client is told that comes too often.</summary>
    public const uint TooMany = 429;

    /// <summary>What a client is told that comes when the node stops.</summary>
    public const uint ShuttingDown = 503;

    private RudpSession? _session;
    private SessionInbox? _inbox;
    private int _isReading;
    private int _isSending;
    private bool _isOver;

    /// <summary>Called whenever messages wait.</summary>
    public void OnMessages() => StartReading();

    /// <summary>The peer is gone; may be called more than once.</summary>
    public void OnGone()
    {
        // What a client sent before it left in good order is still obeyed; otherwise whatever runs ends now.
        if (!peer.HasPeerLeft) Volatile.Read(ref _session)?.Close(SessionClose.PeerClosed with { Cause = peer.EndCause });
        StartReading();
    }

    /// <summary>Sends soon.</summary>
    public void ScheduleFlush()
    {
        if (Interlocked.Exchange(ref _isSending, 1) == 0) lane.Schedule(this);
    }

    public SendResult Send(byte[] message, bool isReliable)
    {
        var result = peer.Send(message, isReliable);
        if (result == SendResult.Queued) ScheduleFlush();
        return result;
    }

    /// <summary>Ends the connection after what is under way and the last words.</summary>
    public void Close(uint code, string cause, params ReadOnlySpan<byte[]> lastWords)
    {
        peer.Close(code, cause, lastWords);
        ScheduleFlush();
    }

    void ISendSource.Flush(SendScratch scratch)
    {
        Interlocked.Exchange(ref _isSending, 0);
        host.Flush(peer, scratch.Bytes.AsSpan(0, Limits.MaxMtu));
    }

    void IThreadPoolWorkItem.Execute() => _ = ReadAsync();

    private void StartReading()
    {
        if (Interlocked.Exchange(ref _isReading, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            while (peer.TryTake(out var message)) await ReadAsync(message);
            if (peer.IsGone && !peer.HasMessages)
            {
                await IdleAsync();
                EndSession();
            }

            Interlocked.Exchange(ref _isReading, 0);
            // Something may have come between the last look and the exchange; whoever takes the mark goes on.
            if ((!peer.HasMessages && (!peer.IsGone || _isOver)) || Interlocked.Exchange(ref _isReading, 1) != 0) return;
        }
    }

    private ValueTask ReadAsync(RentedMessage message)
    {
        try
        {
            if (_session is null) return LogIn(message.Span);
            if (_session.IsClosing) return default;
            var request = EnvelopeDecoder.Decode(SessionFormat.Rudp, message.Span);
            return request is not null ? _inbox!.PostAsync(request, message.Length) : CloseInTurnAsync(SessionClose.MalformedPayload);
        }
        finally
        {
            message.Return();
        }
    }

    private ValueTask LogIn(ReadOnlySpan<byte> text)
    {
        if (logins.LogIn(text, peer.Address, this, out var refusal) is not { } session)
        {
            Close(refusal, refusal switch
            {
                TooMany => "too many requests",
                ShuttingDown => NodeLifecycle.Refusal,
                _ => "no valid token",
            });
            return default;
        }

        peer.Admit();
        _inbox = new(session, pipeline);
        Volatile.Write(ref _session, session);
        // The peer may have gone while the session was opened, when there was nobody to tell.
        if (peer.IsGone && !peer.HasPeerLeft) session.Close(SessionClose.PeerClosed with { Cause = peer.EndCause });
        return default;
    }

    /// <summary>Completes when every message that has been read is done.</summary>
    private ValueTask IdleAsync() => _inbox?.IdleAsync() ?? default;

    private async ValueTask CloseInTurnAsync(SessionClose reason)
    {
        await IdleAsync();
        _session!.Close(reason);
    }

    private void EndSession()
    {
        if (_isOver) return;
        _isOver = true;
        _session?.Lost(SessionClose.PeerClosed with { Cause = peer.EndCause });
    }
}
