namespace Nakama.Server.Search;

/// <summary>A matching row and its score.</summary>
internal readonly record struct RankedRow(int Row, double Score);

/// <summary>
/// Collects the first hits in the requested order. Only the requested number is kept; the others are only counted. Equal hits
/// are in the order of their rows, whatever the order in which they are offered.
/// </summary>
/// <param name="keys">Provides the sort keys of rows.</param>
/// <param name="order">The order.</param>
/// <param name="offset">The number of hits to skip.</param>
/// <param name="limit">The number of hits to return.</param>
internal sealed class SearchRanking(ISortKeys keys, IReadOnlyList<SearchOrder> order, int offset, int limit)
{
    // The limit may be negative or very large, for no hits or all of them.
    private readonly int _most = limit <= 0 ? 0 : (int)Math.Min((long)offset + limit, int.MaxValue);

    // Becomes a heap, with the worst hit on top, as soon as it has the requested size.
    private readonly List<Rank> _ranks = [];

    /// <summary>The number of offered hits.</summary>
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

    /// <summary>The requested part of the hits.</summary>
    public RankedRow[] Take()
    {
        _ranks.Sort(Compare);
        if (offset >= _ranks.Count) return [];
        var wanted = new RankedRow[_ranks.Count - offset];
        for (var i = 0; i < wanted.Length; i++) wanted[i] = new(_ranks[offset + i].Row, _ranks[offset + i].Score);
        return wanted;
    }

    /// <summary>Whether the score, or the row if only the score is a key, already places a hit after all kept ones.</summary>
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

    /// <summary>A hit with its first sort key.</summary>
    private readonly record struct Rank(int Row, double Score, SortKey Key);
}
