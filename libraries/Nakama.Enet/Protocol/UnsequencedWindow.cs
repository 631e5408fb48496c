namespace Nakama.Enet.Protocol;

/// <summary>Records which of the latest unsequenced messages were received, so that duplicates are detected.</summary>
internal sealed class UnsequencedWindow
{
    private const int Size = 1024;
    private const int Ahead = 32;

    private readonly ulong[] _seen = new ulong[Size / 64];
    private int _start;

    /// <summary>False for a duplicate, and for a number too far from the others to be distinguished.</summary>
    public bool Accept(ushort group)
    {
        var position = (int)group;
        var index = position % Size;
        if (position < _start) position += 0x10000;
        if (position >= _start + (Ahead * Size)) return false;
        var start = (position & 0xFFFF) - index;
        ref var bits = ref _seen[index / 64];
        var bit = 1UL << (index % 64);
        if (start != _start)
        {
            _start = start;
            Array.Clear(_seen);
        }
        else if ((bits & bit) != 0)
        {
            return false;
        }
        bits |= bit;
        return true;
    }
}
