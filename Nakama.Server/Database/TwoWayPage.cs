namespace Nakama.Server.Database;

/// <summary>One page of a list that supports keyset paging in both directions.</summary>
/// <param name="Items">In list order, whichever way they were read.</param>
/// <param name="HasNext">Whether there are items after the last one.</param>
/// <param name="HasPrevious">Whether there may be items before the first one.</param>
public readonly record struct TwoWayPage<T>(IReadOnlyList<T> Items, bool HasNext, bool HasPrevious);

/// <summary>Creates pages from rows.</summary>
public static class TwoWayPage
{
    /// <summary>Creates a page from rows that were read with one more than the limit.</summary>
    /// <param name="rows">The rows in the order of reading: reversed when the list was read backwards.</param>
    /// <param name="limit">The maximum number of rows in the page.</param>
    /// <param name="isForward">The direction in which they were read.</param>
    /// <param name="hasCursor">Whether they were read from a cursor; backwards they always are.</param>
    public static TwoWayPage<T> Cut<T>(List<T> rows, int limit, bool isForward, bool hasCursor)
    {
        var hasMore = rows.Count > limit;
        if (hasMore) rows.RemoveRange(limit, rows.Count - limit);
        if (rows.Count == 0) return new([], HasNext: hasMore, HasPrevious: false);
        if (isForward) return new(rows, hasMore, hasCursor);
        rows.Reverse();
        return new(rows, HasNext: true, HasPrevious: hasMore);
    }
}
