namespace Nakama.Server.Search;

/// <summary>A row that fits, and how well.</summary>
internal readonly record struct RankedRow(int Row, double Score);

/// <summary>
/// The first of the hits in the order asked for, of which no more are kept than are wanted: the others are counted only.
/// Equal hits are in the order of their rows, in whatever order they are offered.
/// </summary>
/// <param name="keys">Knows by what rows are sorted.</param>
/// <param name="order">The order.</param>
/// <param name="offset">How many are passed over.</param>
/// <param name="limit">How many are wanted.</param>
internal sealed class SearchRanking(ISortKeys keys, IReadOnlyList<SearchOrder> order, int offset, int limit)
{
    // Negative or huge where a caller wants nothing or all.
    private readonly int _most = limit <= 0 ? 0 : (int)Math.Min((long)offset + limit, int.MaxValue);

    // A heap as soon as there are as many as are wanted, with the worst on top.
    private readonly List<Rank> _ranks = [];

    /// <summary>How many hits were offered.</summary>
    public int Total { get; private set; }

    public void Offer(int row, double score)
    {
        Total++;
        if (_most == 0) return;
        if (_ranks.Count == _most && order.Count > 0 && order[0].Field is null && IsWorse(row, score)) return;
        var rank = new Rank(row, score, order.Count > 0 ? KeyOf(row, score, 0) : default);
        if (_ranks.Count < _most)
        {
            _ranks.Add(rank);
            if (_ranks.Count == _most) MakeHeap();
        }
        else if (Compare(rank, _ranks[0]) < 0)
        {
            _ranks[0] = rank;
            Sink(0);
        }
    }

    /// <summary>The wanted part of the hits.</summary>
    public RankedRow[] Take()
    {
        _ranks.Sort(Compare);
        if (offset >= _ranks.Count) return [];
        var wanted = new RankedRow[_ranks.Count - offset];
        for (var i = 0; i < wanted.Length; i++) wanted[i] = new(_ranks[offset + i].Row, _ranks[offset + i].Score);
        return wanted;
    }

    /// <summary>Whether the score, or where nothing else counts the row, tells that a hit comes after all that are kept.</summary>
    private bool IsWorse(int row, double score) =>
        score < _ranks[0].Score || (order.Count == 1 && score == _ranks[0].Score && row > _ranks[0].Row);

    private SortKey KeyOf(int row, double score, int at) =>
        order[at].Field is { } field ? keys.KeyOf(row, field) : SortKey.Of(SortableNumber.Of(score));

    private int Compare(Rank x, Rank y)
    {
        for (var i = 0; i < order.Count; i++)
        {
            var keys = i == 0
                ? SortKey.Compare(x.Key, y.Key, order[0].IsDescending)
                : SortKey.Compare(KeyOf(x.Row, x.Score, i), KeyOf(y.Row, y.Score, i), order[i].IsDescending);
            if (keys != 0) return keys;
        }

        return x.Row.CompareTo(y.Row);
    }

    private void MakeHeap()
    {
        for (var i = (_ranks.Count / 2) - 1; i >= 0; i--) Sink(i);
    }

    private void Sink(int at)
    {
        var rank = _ranks[at];
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= _ranks.Count) break;
            if (child + 1 < _ranks.Count && Compare(_ranks[child + 1], _ranks[child]) > 0) child++;
            if (Compare(_ranks[child], rank) <= 0) break;
            _ranks[at] = _ranks[child];
            at = child;
        }

        _ranks[at] = rank;
    }

    /// <summary>A hit with its first key at hand.</summary>
    private readonly record struct Rank(int Row, double Score, SortKey Key);
}
