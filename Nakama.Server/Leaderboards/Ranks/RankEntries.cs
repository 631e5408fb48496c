using System.Runtime.InteropServices;

namespace Nakama.Server.Leaderboards.Ranks;

/// <summary>
/// The records of a period, each with a number for as long as it is there. They lie in blocks, so that growing copies
/// little and never asks for a large piece of memory.
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

    /// <summary>How often the owner had submitted a score when the record was like this.</summary>
    public ref int GenerationOf(int number) => ref At(number).Generation;

    public int Add(in RankKey key, int generation)
    {
        var number = _free;
        if (number != NoEntry) _free = At(number).Generation;
        else number = Extend();
        At(number) = new() { Key = key, Generation = generation };
        return number;
    }

    public void Replace(int number, in RankKey key, int generation) => At(number) = new() { Key = key, Generation = generation };

    /// <summary>The number may be given to another record.</summary>
    public void Remove(int number)
    {
        // Entries that are not used are chained by their generations.
        At(number).Generation = _free;
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
        public int Generation;
    }
}
