namespace Nakama.Server.Sessions;

/// <summary>
/// The encoded messages that wait for one connection, in order. Grows on demand up to its bound and releases its memory
/// when it is empty. Not thread-safe: the owner synchronises access.
/// </summary>
public struct FrameQueue(int capacity)
{
    private const int FirstSize = 4;

    private byte[]?[]? _ring;
    private int _head;

    public int Count { get; private set; }

    public readonly int Capacity => capacity;

    /// <summary>False when the queue is full.</summary>
    public bool TryEnqueue(byte[] frame)
    {
        if (Count >= capacity) return false;
        if (_ring is null) _ring = new byte[]?[Math.Min(FirstSize, capacity)];
        else if (Count == _ring.Length) Grow();
        var tail = _head + Count;
        if (tail >= _ring!.Length) tail -= _ring.Length;
        _ring[tail] = frame;
        Count++;
        return true;
    }

    /// <summary>Dequeues waiting frames; returns how many.</summary>
    public int Dequeue(Span<byte[]?> frames)
    {
        var taken = Math.Min(Count, frames.Length);
        for (var i = 0; i < taken; i++)
        {
            frames[i] = _ring![_head];
            _ring[_head] = null;
            if (++_head == _ring.Length) _head = 0;
        }
        Count -= taken;
        if (Count == 0)
        {
            _head = 0;
            if (_ring?.Length > FirstSize) _ring = null;
        }
        return taken;
    }

    public void Clear()
    {
        _ring = null;
        _head = 0;
        Count = 0;
    }

    private void Grow()
    {
        var larger = new byte[]?[Math.Min(_ring!.Length * 2, capacity)];
        var first = _ring.AsSpan(_head);
        first.CopyTo(larger);
        _ring.AsSpan(0, _head).CopyTo(larger.AsSpan(first.Length));
        _ring = larger;
        _head = 0;
    }
}
