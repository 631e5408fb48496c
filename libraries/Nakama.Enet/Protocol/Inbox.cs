namespace Nakama.Enet.Protocol;

/// <summary>
/// What one peer has sent and nobody has taken yet. Full, it refuses: what is reliable comes again later, so a flood
/// waits in the client. What came ahead of its turn has room of its own, so that it cannot keep out what is next.
/// </summary>
internal sealed class Inbox(int maxMessageLength)
{
    private const int MaxMessages = 64;
    private const int MaxLengthsAhead = 16;
    private const int LeastBytesAhead = 64 * 1024;

    private readonly Queue<RentedMessage> _messages = new();
    private readonly int _maxBytesAhead = Math.Max(LeastBytesAhead, MaxLengthsAhead * maxMessageLength);
    private int _bytesAhead;

    public int MaxMessageLength => maxMessageLength;

    public int Count => _messages.Count;

    public bool IsFull => _messages.Count >= MaxMessages;

    public void Deliver(RentedMessage message) => _messages.Enqueue(message);

    public bool TryTake(out RentedMessage message) => _messages.TryDequeue(out message);

    /// <summary>Whether what waits for its turn has used up its room; it may overrun by one message.</summary>
    public bool IsFullAhead => _bytesAhead >= _maxBytesAhead;

    /// <summary>Takes room for something that waits for its turn.</summary>
    public void Hold(int length) => _bytesAhead += length;

    public void Release(int length) => _bytesAhead -= length;

    public void Clear()
    {
        while (_messages.TryDequeue(out var message)) message.Return();
        _bytesAhead = 0;
    }
}
