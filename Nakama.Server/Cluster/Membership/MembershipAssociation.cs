using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;
using Nakama.Server.Cluster.Links;

namespace Nakama.Server.Cluster.Membership;

/// <summary>One connection between the engines of two nodes: a bounded queue and one writer; a reader once the engine wants to read.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The engine may close a connection that has ended; the timer of the source ends by itself.")]
internal sealed class MembershipAssociation : AssociationHandle
{
    private const int MaxQueued = 4096;
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromMilliseconds(500);

    private readonly AuthenticatedLink _link;
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<ByteString> _queue = Channel.CreateBounded<ByteString>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });

    public MembershipAssociation(AuthenticatedLink link, Address local, Address remote)
        : base(local, remote) => _link = link;

    /// <summary>False when the message is refused; the engine sends it again later.</summary>
    public override bool Write(ByteString payload) => payload.Length <= LinkFrame.MaxPayload && _queue.Writer.TryWrite(payload);

    [Obsolete("The engine calls it.")]
    public override void Disassociate() => Close();

    /// <summary>Ends the connection after what waits was sent.</summary>
    public void Close()
    {
        _queue.Writer.TryComplete();
        _end.CancelAfter(FlushTimeout);
    }

    /// <summary>Reads and writes until the connection ends.</summary>
    public async Task RunAsync()
    {
        await Task.WhenAll(EndAfterAsync(WriteAsync()), EndAfterAsync(ReadAsync()));
        _link.Dispose();
        // The engine may begin to read after the connection has ended, or never.
        _ = TellAsync();
    }

    private async Task TellAsync() => (await ReadHandlerSource.Task).Notify(new Disassociated(DisassociateInfo.Unknown));

    private async Task EndAfterAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e) when (e is LinkException or OperationCanceledException)
        {
            // The connection has ended.
        }
        finally
        {
            _queue.Writer.TryComplete();
            await _end.CancelAsync();
            _link.Dispose();
        }
    }

    private async Task WriteAsync()
    {
        using var frame = new LinkFrame();
        await foreach (var payload in _queue.Reader.ReadAllAsync(_end.Token))
        {
            _link.Begin(frame, LinkFrameKind.Membership);
            payload.Span.CopyTo(frame.Append(payload.Length));
            await _link.SendAsync(frame, _end.Token);
        }
    }

    private async Task ReadAsync()
    {
        var listener = await ReadHandlerSource.Task.WaitAsync(_end.Token);
        while (await _link.ReceiveAsync(_end.Token) is { } packet)
        {
            using var frame = packet.Frame;
            var fault = _link.Check(frame);
            if (fault == FrameError.None) listener.Notify(new InboundPayload(ByteString.CopyFrom(frame!.SealedPayload.Span)));
            else if (fault is not (FrameError.Duplicate or FrameError.Late)) throw new LinkException($"A frame was refused: {fault}.");
        }
    }
}
