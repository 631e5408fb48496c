namespace Nakama.Server.Database;

/// <summary>One page of a list that is turned by key in both directions.</summary>
/// <param name="Items">In the order of the list, whichever way they were read.</param>
/// <param name="HasNext">Whether something follows the last item.</param>
/// <param name="HasPrevious">Whether something may stand before the first item.</param>
public readonly record struct TwoWayPage<T>(IReadOnlyList<T> Items, bool HasNext, bool HasPrevious);

/// <summary>Makes pages of rows.</summary>
public static class TwoWayPage
{
    /// <summary>Makes a page of rows that were read with one more than the limit.</summary>
    /// <param name="rows">The rows as they were read: backwards, when the list was turned backwards.</param>
    /// <param name="limit">How many belong to the page.</param>
    /// <param name="isForward">Which way they were read.</param>
    /// <param name="hasCursor">Whether they come from the middle of the list; backwards they always do.</param>
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
