namespace Nakama.Enet.Protocol;

/// <summary>
/// The messages that one peer has sent and that are not taken yet. When full, it refuses: reliable messages are sent again later,
/// so a flood is held back at the client. Messages ahead of their turn have separate room, so they cannot block the next one.
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

    /// <summary>Whether messages ahead of their turn have used up their room; they may exceed it by one message.</summary>
    public bool IsFullAhead => _bytesAhead >= _maxBytesAhead;

    /// <summary>Reserves room for a message ahead of its turn.</summary>
    public void Hold(int length) => _bytesAhead += length;

    public void Release(int length) => _bytesAhead -= length;

    public void Clear()
    {
        while (_messages.TryDequeue(out var message)) message.Return();
        _bytesAhead = 0;
    }
}
