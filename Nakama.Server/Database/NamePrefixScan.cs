namespace Nakama.Server.Database;

/// <summary>
/// Finds names that begin with a text, whatever its case, with the index of a unique column of names. Where the database sorts by
/// bytes it jumps from one spelling to the next; where it sorts as people do all spellings stand together.
/// </summary>
internal static class NamePrefixScan
{
    // Names with more spellings than that are not found completely.
    private const int MaxReads = 100;

    /// <summary>The rows that match, sorted by name.</summary>
    /// <param name="sortsByBytes">Whether the database sorts by bytes.</param>
    /// <param name="prefix">The text.</param>
    /// <param name="after">The name to continue after; empty for the beginning.</param>
    /// <param name="limit">The maximum number of rows.</param>
    /// <param name="read">Reads at most so many rows from a name on, in the order of names.</param>
    /// <param name="nameOf">The name of a row.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async ValueTask<List<T>> FindAsync<T>(
        bool sortsByBytes, string prefix, string after, int limit, Func<string, int, CancellationToken, ValueTask<List<T>>> read, Func<T, string> nameOf,
        CancellationToken cancellationToken)
    {
        var names = new NamePrefix(prefix);
        // Small letters come before capital ones where people sort.
        var from = after.Length > 0 ? after : sortsByBytes ? names.First : prefix.ToLowerInvariant();
        var found = new List<T>();
        for (var reads = 0; reads < MaxReads; reads++)
        {
            var rows = await read(from, limit + 1, cancellationToken);
            var (foundBefore, isAtEnd) = (found.Count, rows.Count <= limit);
            string? next = null;
            foreach (var row in rows)
            {
                var name = nameOf(row);
                if (name == after || (name == from && reads > 0 && !sortsByBytes)) continue;
                if (names.Matches(name))
                {
                    found.Add(row);
                }
                else if (sortsByBytes)
                {
                    (next, isAtEnd) = (names.After(name), false);
                    break;
                }

                if (found.Count == limit) return found;
            }

            if (isAtEnd || rows.Count == 0) return found;
            if (!sortsByBytes && found.Count > foundBefore) next = nameOf(rows[^1]);
            if (next is null) return found;
            from = next;
        }

        return found;
    }
}
