using System.Threading.Channels;

namespace Nakama.Server.Cluster.Links;

/// <summary>
/// The messages that wait for one other node, bounded in number and bytes. When it is half full, messages whose loss does no harm
/// are refused; when it is full, all are.
/// </summary>
internal sealed class LinkQueue(int maxCount, long maxBytes)
{
    private readonly Channel<byte[]> _messages = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private int _count;
    private long _bytes;

    /// <summary>How many messages wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many bytes wait.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public bool TryAdd(byte[] message, bool isDroppable)
    {
        var (count, bytes) = (Interlocked.Increment(ref _count), Interlocked.Add(ref _bytes, message.Length));
        if (count <= (isDroppable ? maxCount / 2 : maxCount) && bytes <= (isDroppable ? maxBytes / 2 : maxBytes) && _messages.Writer.TryWrite(message))
            return true;
        Subtract(message);
        return false;
    }

    /// <summary>Completes when there is a message.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _messages.Reader.WaitToReadAsync(cancellationToken);

    public bool TryPeek(out byte[] message) => _messages.Reader.TryPeek(out message!);

    public void Remove()
    {
        if (_messages.Reader.TryRead(out var message)) Subtract(message);
    }

    public void Clear()
    {
        while (_messages.Reader.TryRead(out var message)) Subtract(message);
    }

    private void Subtract(byte[] message)
    {
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -message.Length);
    }
}
