using System.IO.Pipelines;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>
/// A connection that only the HTTP server can write to, because it is encrypted or has carried requests before.
/// </summary>
internal sealed class StreamTransport(HttpContext context, System.IO.Stream stream) : WebSocketTransport
{
    private readonly Lock _gate = new();
    private bool _isComplete;

    public override PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));

    public override bool CanHalfClose => false;

    public override string Ends
    {
        get
        {
            lock (_gate)
            {
                if (_isComplete) return "";
                var connection = context.Connection;
                return $"{connection.LocalIpAddress}:{connection.LocalPort}->{connection.RemoteIpAddress}:{connection.RemotePort}";
            }
        }
    }

    // Whether a write will block is only known once it has started.
    public override int TrySend(ReadOnlySpan<byte> bytes) => 0;

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException(e.Message, e);
        }
    }

    public override void FinishSending() => Input.CancelPendingRead();

    public override void Abort()
    {
        lock (_gate)
        {
            // The server reuses the context for the next request.
            if (!_isComplete) context.Abort();
        }
    }

    public override void Complete()
    {
        lock (_gate) _isComplete = true;
    }
}
