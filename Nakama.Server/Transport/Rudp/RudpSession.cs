using System.Diagnostics.CodeAnalysis;
using Nakama.Enet;
using Nakama.Protocol.Realtime;
using Nakama.Server.Metrics;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.Rudp;

/// <summary>
/// A session over reliable UDP. Messages are protobuf; match data that its sender marked as unreliable may be lost and is
/// never delivered late.
/// </summary>
[method: SetsRequiredMembers]
internal sealed class RudpSession(SessionHost host, in SessionIdentity identity, RudpConnection connection, ServerMetrics metrics)
    : Session(host, identity)
{
    private SessionClose? _reason;

    public override SessionFormat Format => SessionFormat.Rudp;

    public override bool TrySend(EncodedMessage payload)
    {
        if (IsClosing) return false;
        var bytes = payload.Protobuf;
        switch (connection.Send(bytes, IsReliable(payload.Envelope)))
        {
            case SendResult.Queued:
                metrics.MessagesSent(bytes.Length);
                return true;
            case SendResult.Full:
                // The sender may hold locks, so the close runs on another thread.
                ThreadPool.UnsafeQueueUserWorkItem(static session => session.Close(SessionClose.QueueFull), this, preferLocal: false);
                return false;
            default:
                return false;
        }
    }

    /// <summary>Called when the connection is gone.</summary>
    public void Lost(SessionClose reason)
    {
        Close(reason);
        metrics.SocketClosed();
        Ended(_reason ?? reason);
    }

    protected override void StopSending()
    {
        // Closing the connection drops its queue.
    }

    protected override void End(SessionClose reason, ReadOnlySpan<Envelope> lastWords)
    {
        _reason = reason;
        var messages = new byte[lastWords.Length][];
        for (var i = 0; i < messages.Length; i++) messages[i] = new EncodedMessage(lastWords[i]).Protobuf;
        connection.Close(reason.Code, reason.Description, messages);
    }

    private static bool IsReliable(Envelope envelope) => envelope.MessageCase != Envelope.MessageOneofCase.MatchData || envelope.MatchData.Reliable;
}
