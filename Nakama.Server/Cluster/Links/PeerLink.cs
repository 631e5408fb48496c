using System.Threading.Channels;
using Grpc.Core;

namespace Nakama.Server.Cluster.Links;

/// <summary>
/// The messages between this node and one other member: a bounded queue, one writer that puts what waits into one frame, one
/// reader. Of two nodes the one with the lower name opens the connection, again whenever it is lost. Frames that were on their way
/// then are lost, which the listener is told before further ones arrive. A full queue has the same effect.
/// </summary>
internal sealed class PeerLink : IDisposable
{
    /// <summary>The largest message; a longer one that is received ends the connection.</summary>
    public const int MaxMessage = 16 * 1024 * 1024;

    private const int MaxQueued = 16_384;
    private const long MaxQueuedBytes = 64L * 1024 * 1024;
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);

    private readonly LinkContext _context;
    private readonly INodeListener _listener;
    private readonly LinkQueue _queue = new(MaxQueued, MaxQueuedBytes);
    private readonly CancellationTokenSource _removed = new();
    private readonly Lock _gate = new();
    private readonly Channel<AuthenticatedLink> _accepted =
        Channel.CreateBounded<AuthenticatedLink>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }, static link => link.Dispose());

    private AuthenticatedLink? _current;
    private byte[]? _incomplete;
    private int _incompleteLength;
    private volatile bool _hasOverflowed;

    public PeerLink(LinkContext context, ClusterMember member, INodeListener listener) =>
        (_context, Member, _listener) = (context, member, listener);

    public ClusterMember Member { get; }

    /// <summary>Ends after the listener was told that the node has left.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    public int QueueLength => _queue.Count;

    public bool IsConnected => Volatile.Read(ref _current) is not null;

    /// <summary>Tells the listener of the node and begins to connect.</summary>
    public void Start() => Completion = Task.Run(RunAsync);

    /// <summary>Queues a message; false when it is lost.</summary>
    public bool TrySend(byte[] message, bool isDroppable)
    {
        if (message.Length > MaxMessage) return false;
        if (_queue.TryAdd(message, isDroppable)) return true;
        if (!isDroppable) Overflow();
        return false;
    }

    /// <summary>Takes over a connection that the other node has opened, instead of the one before.</summary>
    public bool TryAccept(AuthenticatedLink link)
    {
        if (!_accepted.Writer.TryWrite(link)) return false;
        Volatile.Read(ref _current)?.Dispose();
        return true;
    }

    /// <summary>The node is no longer a member.</summary>
    public void Dispose()
    {
        _removed.Cancel();
        _accepted.Writer.TryComplete();
        lock (_gate) _current?.Dispose();
    }

    private async Task RunAsync()
    {
        var removed = _removed.Token;
        _listener.OnJoined(Member.Name);
        var isFirst = true;
        while (!removed.IsCancellationRequested)
        {
            try
            {
                using var link = await ConnectAsync(removed);
                lock (_gate)
                {
                    removed.ThrowIfCancellationRequested();
                    _current = link;
                }

                LinkLog.Connected(_context.Logger, Member.Name, link.RemoteAddress);
                if (!isFirst || _hasOverflowed) Reset();
                isFirst = false;
                await ServeAsync(link, removed);
            }
            catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
            {
                // The node is no longer a member.
            }
            catch (LinkException e)
            {
                if (!removed.IsCancellationRequested) _context.Reports.Report(Member.Name, () => LinkLog.Disconnected(_context.Logger, Member.Name, e.Message));
            }
            catch (Exception e)
            {
                LinkLog.Failed(_context.Logger, e, Member.Name);
            }

            lock (_gate) _current = null;
            try
            {
                await Task.Delay(Retry, _context.Time, removed);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        _queue.Clear();
        while (_accepted.Reader.TryRead(out var late)) late.Dispose();
        _listener.OnLeft(Member.Name);
    }

    private ValueTask<AuthenticatedLink> ConnectAsync(CancellationToken cancellationToken) =>
        string.CompareOrdinal(_context.Self.Name, Member.Name) < 0
            ? new(_context.Dialer.OpenAsync(Member, cancellationToken))
            : _accepted.Reader.ReadAsync(cancellationToken);

    private void Reset()
    {
        _incomplete = null;
        if (_hasOverflowed) _queue.Clear();
        _hasOverflowed = false;
        _context.Metrics.LinkReset(Member.Name);
        _listener.OnReset(Member.Name);
    }

    /// <summary>A message that must not be lost is lost, so both sides begin anew.</summary>
    private void Overflow()
    {
        if (_hasOverflowed) return;
        _hasOverflowed = true;
        _context.Reports.Report(Member.Name, () => LinkLog.Overflowed(_context.Logger, Member.Name, _queue.Count));
        Volatile.Read(ref _current)?.Dispose();
    }

    private async Task ServeAsync(AuthenticatedLink link, CancellationToken removed)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(removed);
        var writing = EndAfterAsync(WriteAsync(link, end.Token));
        var reading = EndAfterAsync(ReadAsync(link, end.Token));
        await Task.WhenAll(writing, reading);

        async Task EndAfterAsync(Task work)
        {
            try
            {
                await work;
            }
            finally
            {
                await end.CancelAsync();
                link.Dispose();
            }
        }
    }

    private async Task WriteAsync(AuthenticatedLink link, CancellationToken cancellationToken)
    {
        using var frame = new LinkFrame();
        var offset = 0;
        while (await _queue.WaitAsync(cancellationToken))
        {
            link.Begin(frame, LinkFrameKind.Messages);
            Fill(frame, ref offset);
            await link.SendAsync(frame, cancellationToken);
            _context.Metrics.FrameSent(frame.Length);
        }
    }

    /// <summary>Puts what waits into the frame, as far as it fits.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="offset">How much of the first message was sent in earlier frames.</param>
    private void Fill(LinkFrame frame, ref int offset)
    {
        const int End = LinkFrame.HeaderSize + LinkFrame.MaxPayload;
        while (_queue.TryPeek(out var message))
        {
            var room = End - frame.Length - MessageParts.PrefixSize;
            var rest = message.Length - offset;
            // A message that fits into one frame is not divided.
            if (room <= 0 || (rest > room && frame.Length > LinkFrame.HeaderSize)) return;
            var count = Math.Min(rest, room);
            MessageParts.Append(frame, message.AsSpan(offset, count), continues: count < rest);
            offset += count;
            if (offset < message.Length) return;
            _queue.Remove();
            offset = 0;
        }
    }

    private async Task ReadAsync(AuthenticatedLink link, CancellationToken cancellationToken)
    {
        while (true)
        {
            LinkPacket packet;
            try
            {
                packet = await link.ReceiveAsync(cancellationToken) ?? throw new LinkException("The other node has ended the connection.");
            }
            catch (LinkException e) when (e.InnerException is RpcException { StatusCode: StatusCode.ResourceExhausted })
            {
                Refuse(FrameError.Oversized);
                throw;
            }

            using var frame = packet.Frame;
            var fault = link.Check(frame);
            if (fault == FrameError.None && !TryDeliver(frame!.SealedPayload)) fault = FrameError.Garbled;
            if (fault == FrameError.None) continue;
            Refuse(fault);
            if (fault is not (FrameError.Duplicate or FrameError.Late)) throw new LinkException($"A frame was refused: {fault}.");
        }
    }

    private void Refuse(FrameError fault)
    {
        _context.Metrics.FrameRefused(fault);
        _context.Reports.Report(Member.Name, () => LinkLog.FrameRefused(_context.Logger, Member.Name, fault));
    }

    private bool TryDeliver(ReadOnlyMemory<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            if (!MessageParts.TryTake(ref payload, out var part, out var continues)) return false;
            if (!continues && _incomplete is null)
            {
                _listener.OnFrame(Member.Name, part);
                continue;
            }

            if (!TryCollect(part.Span)) return false;
            if (continues) continue;
            var whole = _incomplete.AsMemory(0, _incompleteLength);
            _incomplete = null;
            _listener.OnFrame(Member.Name, whole);
        }

        return true;
    }

    private bool TryCollect(ReadOnlySpan<byte> part)
    {
        if (_incomplete is null) (_incomplete, _incompleteLength) = (new byte[LinkFrame.MaxPayload * 2], 0);
        if (_incompleteLength + part.Length > MaxMessage) return false;
        if (_incompleteLength + part.Length > _incomplete.Length) Array.Resize(ref _incomplete, Math.Min(MaxMessage, _incomplete.Length * 2));
        part.CopyTo(_incomplete.AsSpan(_incompleteLength));
        _incompleteLength += part.Length;
        return true;
    }
}
