namespace Nakama.Server.Search;

/// <summary>The numbers of a field in ascending order, each with its row, in blocks that are split when full.</summary>
internal sealed class NumberColumn
{
    private const int BlockSize = 256;

    private readonly List<Block> _blocks = [];

    public int Count { get; private set; }

    public void Add(long number, int row)
    {
        Count++;
        if (_blocks.Count == 0) _blocks.Add(new Block());
        var at = BlockOf(number);
        var block = _blocks[at];
        var place = block.CountUpTo(number);
        if (block.Count == BlockSize)
        {
            // For ascending numbers, such as times, the last block is kept full instead of being split.
            var isGrowing = at == _blocks.Count - 1 && place == BlockSize;
            var upper = isGrowing ? new Block() : block.SplitUpperHalf();
            _blocks.Insert(at + 1, upper);
            if (place > block.Count || isGrowing)
            {
                place -= block.Count;
                block = upper;
            }
        }

        block.Insert(place, number, row);
    }

    /// <summary>The count of numbers between the two bounds, both included.</summary>
    public int CountBetween(long lowest, long highest)
    {
        if (lowest > highest || _blocks.Count == 0) return 0;
        var (first, last) = (FirstBlockOf(lowest), BlockOf(highest));
        if (first == last) return Math.Max(0, _blocks[first].CountUpTo(highest) - _blocks[first].CountBelow(lowest));
        if (first > last) return 0;
        var count = _blocks[first].Count - _blocks[first].CountBelow(lowest) + _blocks[last].CountUpTo(highest);
        for (var i = first + 1; i < last; i++) count += _blocks[i].Count;
        return count;
    }

    /// <summary>Appends the rows of the numbers between the two bounds, in the order of the numbers.</summary>
    public void CollectBetween(long lowest, long highest, List<int> rows)
    {
        if (lowest > highest || _blocks.Count == 0) return;
        var last = BlockOf(highest);
        for (var i = FirstBlockOf(lowest); i <= last; i++)
        {
            var from = _blocks[i].CountBelow(lowest);
            var end = _blocks[i].CountUpTo(highest);
            if (end > from) rows.AddRange(_blocks[i].Rows.AsSpan(from, end - from));
        }
    }

    /// <summary>The last block that starts at or before the number.</summary>
    private int BlockOf(long number)
    {
        int low = 0, high = _blocks.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_blocks[middle].Numbers[0] <= number) low = middle + 1;
            else high = middle;
        }

        return Math.Max(0, low - 1);
    }

    /// <summary>The last block that starts before the number: it may end with equal numbers.</summary>
    private int FirstBlockOf(long number) => number == long.MinValue ? 0 : BlockOf(number - 1);

    private sealed class Block
    {
        public readonly long[] Numbers = new long[BlockSize];
        public readonly int[] Rows = new int[BlockSize];

        public int Count { get; private set; }

        public int CountBelow(long number)
        {
            int low = 0, high = Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (Numbers[middle] < number) low = middle + 1;
                else high = middle;
            }

            return low;
        }

        public int CountUpTo(long number) => number == long.MaxValue ? Count : CountBelow(number + 1);

        public void Insert(int place, long number, int row)
        {
            Array.Copy(Numbers, place, Numbers, place + 1, Count - place);
            Array.Copy(Rows, place, Rows, place + 1, Count - place);
            Numbers[place] = number;
            Rows[place] = row;
            Count++;
        }

        public Block SplitUpperHalf()
        {
            var upper = new Block { Count = Count - (Count / 2) };
            Count /= 2;
            Array.Copy(Numbers, Count, upper.Numbers, 0, upper.Count);
            Array.Copy(Rows, Count, upper.Rows, 0, upper.Count);
            return upper;
        }
    }
}
