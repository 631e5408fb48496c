using System.Runtime.InteropServices;

namespace Nakama.Server.Leaderboards.Ranks;

/// <summary>
/// The records of a period, each with a number while it exists. They are stored in blocks, so growing copies little and
/// never allocates a large array.
/// </summary>
internal sealed class RankEntries
{
    private const int BlockBits = 10;
    private const int BlockLength = 1 << BlockBits;
    private const int NoEntry = -1;

    private Entry[][] _blocks = [];
    private int _used;
    private int _free = NoEntry;

    public ref readonly RankKey KeyOf(int number) => ref At(number).Key;

    /// <summary>The number of the change that produced this state.</summary>
    public ref long ChangeOf(int number) => ref At(number).Change;

    public int Add(in RankKey key, long change)
    {
        var number = _free;
        if (number != NoEntry) _free = (int)At(number).Change;
        else number = Extend();
        At(number) = new() { Key = key, Change = change };
        return number;
    }

    public void Replace(int number, in RankKey key, long change) => At(number) = new() { Key = key, Change = change };

    /// <summary>The number may be reused for another record.</summary>
    public void Remove(int number)
    {
        // Unused entries form a linked list through their change numbers.
        At(number).Change = _free;
        _free = number;
    }

    private ref Entry At(int number) => ref _blocks[number >> BlockBits][number & (BlockLength - 1)];

    private int Extend()
    {
        var (block, place) = (_used >> BlockBits, _used & (BlockLength - 1));
        if (block == _blocks.Length) Array.Resize(ref _blocks, Math.Max(block + 1, block + block / 4));
        if (place == 0) _blocks[block] = new Entry[block == 0 ? 4 : BlockLength];
        else if (place == _blocks[block].Length) Array.Resize(ref _blocks[block], place * 2);
        return _used++;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Entry
    {
        public RankKey Key;
        public long Change;
    }
}
