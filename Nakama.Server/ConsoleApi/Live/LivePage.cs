using System.Buffers.Text;
using System.Text;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>Pages of live lists: by key, so that what comes and goes meanwhile neither repeats nor hides entries.</summary>
internal static class LivePage
{
    private const int Usual = 50;
    private const int Most = 100;
    private const int MaxFilterLength = 256;
    // The label of a stream may be long.
    private const int MaxCursorLength = 16 * 1024;

    /// <summary>The number of entries of a page.</summary>
    /// <exception cref="Errors.ApiException">It is out of bounds.</exception>
    public static int Limit(int wanted, int usual = Usual, int most = Most) => wanted switch
    {
        0 => usual,
        _ when wanted < 0 || wanted > most => throw LiveErrors.PageLimit(most),
        _ => wanted,
    };

    /// <exception cref="Errors.ApiException">A filter is too long.</exception>
    public static void CheckFilters(params ReadOnlySpan<string> filters)
    {
        foreach (var filter in filters)
        {
            if (filter.Length > MaxFilterLength) throw LiveErrors.TextTooLong;
        }
    }

    public static string Cursor(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>The key of the last entry before the page; empty for the first page.</summary>
    /// <exception cref="Errors.ApiException">The cursor is invalid.</exception>
    public static string Key(string cursor)
    {
        if (cursor.Length == 0) return "";
        if (cursor.Length > MaxCursorLength || !Base64Url.IsValid(cursor)) throw LiveErrors.CursorInvalid;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
    }

    /// <summary>The first entries in an order, without sorting the others.</summary>
    public static List<T> First<T>(IEnumerable<T> entries, int count, Comparison<T> order)
    {
        var last = new PriorityQueue<T, T>(Comparer<T>.Create((one, other) => order(other, one)));
        foreach (var entry in entries)
        {
            if (last.Count < count) last.Enqueue(entry, entry);
            else if (order(entry, last.Peek()) < 0) last.DequeueEnqueue(entry, entry);
        }

        var first = new List<T>(last.Count);
        while (last.TryDequeue(out var entry, out _)) first.Add(entry);
        first.Reverse();
        return first;
    }

    /// <summary>The first of the entries that come later than the page before, and the number of all entries.</summary>
    public static List<T> First<T>(IEnumerable<T> entries, int count, Comparison<T> order, Func<T, bool> isLater, out int total)
    {
        var all = 0;
        var first = First(Later(), count, order);
        total = all;
        return first;

        IEnumerable<T> Later()
        {
            foreach (var entry in entries)
            {
                all++;
                if (isLater(entry)) yield return entry;
            }
        }
    }

    /// <summary>Cuts a list that may have one entry too many; the cursor of the next page, or empty when it is the last.</summary>
    public static string Cut<T>(IList<T> entries, int limit, Func<T, string> keyOf)
    {
        if (entries.Count <= limit) return "";
        while (entries.Count > limit) entries.RemoveAt(entries.Count - 1);
        return Cursor(keyOf(entries[^1]));
    }

    public static bool Has(string text, string part) => part.Length == 0 || text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
