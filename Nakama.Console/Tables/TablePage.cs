using System.Globalization;

namespace Nakama.Console.Tables;

/// <summary>One page of a list.</summary>
/// <param name="Rows">The rows, in order.</param>
/// <param name="NextCursor">Where the next page starts; empty on the last one.</param>
/// <param name="Total">The number of rows of all pages, where the node tells it; it may be an estimate.</param>
public sealed record TablePage<TRow>(IReadOnlyList<TRow> Rows, string NextCursor = "", long? Total = null);

/// <summary>Cuts lists into pages.</summary>
internal static class TablePage
{
    /// <summary>
    /// A page of a list that the node returns whole: the rows that a search leaves, cut at the cursor, which is a position.
    /// </summary>
    public static TablePage<TRow> Of<TRow>(IReadOnlyList<TRow> all, Func<TRow, bool> matches, string cursor, int size)
    {
        List<TRow> found = [.. all.Where(matches)];
        var start = int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0;
        var next = start + size;
        return new([.. found.Skip(start).Take(size)], next < found.Count ? next.ToString(CultureInfo.InvariantCulture) : "", found.Count);
    }
}
