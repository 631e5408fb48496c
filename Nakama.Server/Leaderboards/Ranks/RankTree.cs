namespace Nakama.Server.Leaderboards.Ranks;

/// <summary>
/// Record numbers in the order of their keys. A B+ tree whose inner nodes store the number of records below each child,
/// so that finding a position by key or a key by position takes as many steps as the tree is high. Leaves store only the
/// numbers, four bytes per record.
/// </summary>
internal sealed class RankTree(RankEntries entries, bool isDescending)
{
    private Node _root = new Leaf();

    public int Count { get; private set; }

    /// <summary>Adds a record that is not in the tree yet.</summary>
    public void Add(int number)
    {
        var key = entries.KeyOf(number);
        if (_root.Add(this, key, number, isFirst: true, isLast: true) is { } right)
            _root = new Inner(_root, Count + 1 - right.Count, right, FirstKey(right));
        Count++;
    }

    /// <summary>Removes a record that is in the tree and whose key has not changed since it was added.</summary>
    public void Remove(int number)
    {
        _root.Remove(this, entries.KeyOf(number));
        Count--;
        while (_root is Inner { Length: 1 } inner) _root = inner.Children[0];
    }

    /// <summary>How many records come before a key.</summary>
    public int CountBefore(in RankKey key)
    {
        var (node, before) = (_root, 0);
        while (node is Inner inner)
        {
            var child = inner.Find(this, key);
            for (var i = 0; i < child; i++) before += inner.Counts[i];
            node = inner.Children[child];
        }

        return before + ((Leaf)node).Find(this, key);
    }

    /// <summary>The record at a position, counted from 0.</summary>
    public int At(int place)
    {
        var node = _root;
        while (node is Inner inner)
        {
            var child = 0;
            while (place >= inner.Counts[child]) place -= inner.Counts[child++];
            node = inner.Children[child];
        }

        return ((Leaf)node).Numbers[place];
    }

    private RankEntries Entries => entries;

    private int Compare(in RankKey a, in RankKey b) => isDescending ? RankKey.Compare(b, a) : RankKey.Compare(a, b);

    private RankKey FirstKey(Node node)
    {
        while (node is Inner inner) node = inner.Children[0];
        return entries.KeyOf(((Leaf)node).Numbers[0]);
    }

    private abstract class Node
    {
        /// <summary>How many records are below.</summary>
        public abstract int Count { get; }

        /// <summary>Returns the new right sibling of this node, if it was split.</summary>
        public abstract Node? Add(RankTree tree, in RankKey key, int number, bool isFirst, bool isLast);

        public abstract void Remove(RankTree tree, in RankKey key);
    }

    private sealed class Leaf : Node
    {
        private const int FirstCapacity = 4;
        private const int Capacity = 128;

        public int[] Numbers = new int[FirstCapacity];

        private int _length;

        public override int Count => _length;

        /// <summary>The position of the first record that does not come before the key.</summary>
        public int Find(RankTree tree, in RankKey key)
        {
            var (low, high) = (0, _length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (tree.Compare(tree.Entries.KeyOf(Numbers[middle]), key) < 0) low = middle + 1;
                else high = middle;
            }

            return low;
        }

        public override Node? Add(RankTree tree, in RankKey key, int number, bool isFirst, bool isLast)
        {
            var place = Find(tree, key);
            if (_length < Capacity)
            {
                Insert(place, number);
                return null;
            }

            // Records that are added in order leave full leaves behind instead of half-full ones.
            var cut = isLast && place == _length ? _length : isFirst && place == 0 ? 0 : Capacity / 2;
            var right = new Leaf { Numbers = new int[Capacity], _length = _length - cut };
            Numbers.AsSpan(cut, right._length).CopyTo(right.Numbers);
            _length = cut;
            if (place < cut || cut == 0) Insert(place, number);
            else right.Insert(place - cut, number);
            return right;
        }

        public override void Remove(RankTree tree, in RankKey key)
        {
            var place = Find(tree, key);
            Numbers.AsSpan(place + 1, _length - place - 1).CopyTo(Numbers.AsSpan(place));
            _length--;
        }

        /// <summary>Merges the leaf to the right into this one when both are small enough.</summary>
        public bool TryMerge(Leaf right)
        {
            if (_length + right._length > Capacity / 2) return false;
            if (Numbers.Length < _length + right._length) Array.Resize(ref Numbers, Capacity);
            right.Numbers.AsSpan(0, right._length).CopyTo(Numbers.AsSpan(_length));
            _length += right._length;
            return true;
        }

        private void Insert(int place, int number)
        {
            if (_length == Numbers.Length) Array.Resize(ref Numbers, Math.Min(_length * 2, Capacity));
            Numbers.AsSpan(place, _length - place).CopyTo(Numbers.AsSpan(place + 1));
            Numbers[place] = number;
            _length++;
        }
    }

    private sealed class Inner : Node
    {
        private const int Capacity = 64;

        public readonly Node[] Children = new Node[Capacity];
        public readonly int[] Counts = new int[Capacity];

        // The separator at i is greater than no record of child i and greater than all of child i - 1; index 0 is unused.
        private readonly RankKey[] _firsts = new RankKey[Capacity];

        public Inner(Node left, int leftCount, Node right, in RankKey rightFirst)
        {
            (Children[0], Counts[0]) = (left, leftCount);
            (Children[1], Counts[1], _firsts[1]) = (right, right.Count, rightFirst);
            Length = 2;
        }

        private Inner()
        {
        }

        public int Length { get; private set; }

        public override int Count
        {
            get
            {
                var count = 0;
                for (var i = 0; i < Length; i++) count += Counts[i];
                return count;
            }
        }

        /// <summary>The child that contains or would contain the key.</summary>
        public int Find(RankTree tree, in RankKey key)
        {
            var (low, high) = (1, Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (tree.Compare(_firsts[middle], key) <= 0) low = middle + 1;
                else high = middle;
            }

            return low - 1;
        }

        public override Node? Add(RankTree tree, in RankKey key, int number, bool isFirst, bool isLast)
        {
            var child = Find(tree, key);
            Counts[child]++;
            var added = Children[child].Add(tree, key, number, isFirst && child == 0, isLast && child == Length - 1);
            if (added is null) return null;

            var first = tree.FirstKey(added);
            Counts[child] -= added.Count;
            if (Length < Capacity)
            {
                Insert(child + 1, added, first);
                return null;
            }

            var cut = isLast && child == Length - 1 ? Length - 1 : isFirst && child == 0 ? 1 : Capacity / 2;
            var right = new Inner { Length = Length - cut };
            Children.AsSpan(cut, right.Length).CopyTo(right.Children);
            Counts.AsSpan(cut, right.Length).CopyTo(right.Counts);
            _firsts.AsSpan(cut, right.Length).CopyTo(right._firsts);
            Children.AsSpan(cut, right.Length).Clear();
            Length = cut;
            if (child < cut) Insert(child + 1, added, first);
            else right.Insert(child + 1 - cut, added, first);
            return right;
        }

        public override void Remove(RankTree tree, in RankKey key)
        {
            var child = Find(tree, key);
            Children[child].Remove(tree, key);
            Counts[child]--;
            if (Counts[child] == 0 && Length > 1) Drop(child);
            else if (!TryMerge(child)) TryMerge(child - 1);
        }

        /// <summary>Merges a child with its right sibling when both have become small.</summary>
        private bool TryMerge(int left)
        {
            if (left < 0 || left + 1 >= Length) return false;
            var isMerged = (Children[left], Children[left + 1]) switch
            {
                (Leaf a, Leaf b) => a.TryMerge(b),
                (Inner a, Inner b) => a.TryTake(b, _firsts[left + 1]),
                _ => false,
            };
            if (!isMerged) return false;
            Counts[left] += Counts[left + 1];
            Drop(left + 1);
            return true;
        }

        private bool TryTake(Inner right, in RankKey first)
        {
            if (Length + right.Length > Capacity / 2) return false;
            right.Children.AsSpan(0, right.Length).CopyTo(Children.AsSpan(Length));
            right.Counts.AsSpan(0, right.Length).CopyTo(Counts.AsSpan(Length));
            right._firsts.AsSpan(0, right.Length).CopyTo(_firsts.AsSpan(Length));
            _firsts[Length] = first;
            Length += right.Length;
            return true;
        }

        private void Insert(int place, Node child, in RankKey first)
        {
            Children.AsSpan(place, Length - place).CopyTo(Children.AsSpan(place + 1));
            Counts.AsSpan(place, Length - place).CopyTo(Counts.AsSpan(place + 1));
            _firsts.AsSpan(place, Length - place).CopyTo(_firsts.AsSpan(place + 1));
            (Children[place], Counts[place], _firsts[place]) = (child, child.Count, first);
            Length++;
        }

        private void Drop(int place)
        {
            Children.AsSpan(place + 1, Length - place - 1).CopyTo(Children.AsSpan(place));
            Counts.AsSpan(place + 1, Length - place - 1).CopyTo(Counts.AsSpan(place));
            _firsts.AsSpan(place + 1, Length - place - 1).CopyTo(_firsts.AsSpan(place));
            Children[--Length] = null!;
        }
    }
}
