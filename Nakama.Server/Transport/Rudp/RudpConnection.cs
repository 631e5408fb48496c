using Nakama.Enet;
using Nakama.Enet.Protocol;
using Nakama.Server.Lifecycle;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.Rudp;

/// <summary>
/// Reads a peer's messages one after the other on the thread pool, so that a slow handler blocks no other peer: the first
/// message carries the token, the others are envelopes.
/// </summary>
internal sealed class RudpConnection(EnetPeer peer, RudpHost host, RudpLogins logins, RealtimePipeline pipeline, SendScheduler.Lane lane)
    : IPeerListener, IThreadPoolWorkItem, ISendSource
{
    /// <summary>The close code for a client without a valid token.</summary>
    public const uint NoToken = EnetPeer.NotAdmitted;

    /// <summary>The close code for a client that connects too often.</summary>
    public const uint TooMany = 429;

    /// <summary>The close code for a client that connects while the node stops.</summary>
    public const uint ShuttingDown = 503;

    private RudpSession? _session;
    private SessionInbox? _inbox;
    private int _isReading;
    private int _isSending;
    private bool _isOver;

    /// <summary>Called whenever messages wait.</summary>
    public void OnMessages() => StartReading();

    /// <summary>Called when the peer is gone; may be called more than once.</summary>
    public void OnGone()
    {
        // Messages that a client sent before it disconnected properly are still handled; otherwise running handlers are
        // cancelled.
        if (!peer.HasPeerLeft) Volatile.Read(ref _session)?.Close(SessionClose.PeerClosed with { Cause = peer.EndCause });
        StartReading();
    }

    /// <summary>Schedules a flush.</summary>
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

    /// <summary>Ends the connection after pending messages and the close notifications have been sent.</summary>
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
            // A message may have arrived between the last check and the exchange; the thread that sets the flag continues.
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
        // The peer may have gone while the session was being opened, when no session could be notified.
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
