using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Benchmarks;

/// <summary>A session without a connection: messages wait in its queue, as for a socket; a full queue is discarded.</summary>
internal sealed class BenchmarkSession(SessionHost host, SessionFormat format) : Session(host)
{
    private const int QueueSize = 64;

    private readonly Lock _gate = new();
    private FrameQueue _queue = new(QueueSize);

    public override SessionFormat Format => format;

    public override bool TrySend(EncodedMessage payload)
    {
        var frame = format == SessionFormat.WebSocketJson ? payload.JsonFrame : payload.ProtobufFrame;
        lock (_gate)
        {
            if (_queue.TryEnqueue(frame)) return true;
            _queue.Clear();
            return _queue.TryEnqueue(frame);
        }
    }

    protected override void StopSending()
    {
    }

    protected override void End(SessionClose reason, ReadOnlySpan<Envelope> lastWords) => Ended(reason);
}
