using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Nakama.Protocol.Realtime;
using Nakama.Server.Api;
using Nakama.Server.Metrics;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>
/// A session over a WebSocket. This part holds its state and its close; the other parts read, write and handle deadlines.
/// </summary>
[method: SetsRequiredMembers]
internal sealed partial class WebSocketSession(
    SessionHost host, in SessionIdentity identity, RealtimePipeline pipeline, SocketOptions options, ServerMetrics metrics, WebSocketTransport wire,
    SessionFormat format)
    : Session(host, identity)
{
    private readonly Lock _gate = new();
    private readonly SendScheduler.Lane _lane = host.Lanes.Assign();
    private SessionClose? _reason;

    public override SessionFormat Format => format;

    /// <summary>Lives as long as the connection: reads and runs messages until either side ends it.</summary>
    public async Task RunAsync()
    {
        StartClock();
        SessionClose lost;
        try
        {
            lost = await ReadAsync();
        }
        catch (Exception e)
        {
            // Whatever the cause, a session without a reader must not appear alive. Messages received before are still handled.
            await IdleAsync();
            lost = SessionClose.PeerClosed with { Cause = e.Message };
        }
        finally
        {
            _frames.Dispose();
        }

        await CloseAsync(lost);
        await FinalDoneAsync();
        await IdleAsync();
        StopClock();
        wire.Complete();
        metrics.SocketClosed();
        Ended(_reason ?? lost);
    }

    protected override void StopSending()
    {
        lock (_gate)
        {
            _isStopped = true;
            _queue.Clear();
            GiveRoom();
            _pong = null;
            _isPingDue = false;
        }
    }

    protected override void End(SessionClose reason, ReadOnlySpan<Envelope> lastWords)
    {
        _reason = reason;
        var closing = reason.Text.Length > 0 || reason.AlwaysTells ? CloseFrame.Make(reason.Code, reason.Text) : null;
        if (closing is null && lastWords.IsEmpty)
        {
            wire.Abort();
            return;
        }

        var final = new ArrayBufferWriter<byte>();
        foreach (var envelope in lastWords) final.Write(Encode(new EncodedMessage(envelope)));
        final.Write(closing);
        SendFinal(final.WrittenSpan.ToArray());
    }

    private byte[] Encode(EncodedMessage payload) => format == SessionFormat.WebSocketJson ? payload.JsonFrame : payload.ProtobufFrame;
}
