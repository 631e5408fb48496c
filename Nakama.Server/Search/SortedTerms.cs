namespace Nakama.Server.Search;

/// <summary>
/// The terms of a field in the order of their texts. It is built when a pattern first needs it, and later terms are merged by
/// the next pattern, so fields without pattern queries cost nothing. Concurrent reads are safe while no term is added.
/// </summary>
internal sealed class SortedTerms(Dictionary<string, SearchTerm> terms)
{
    private readonly Lock _gate = new();
    private readonly List<SearchTerm> _added = [];
    private SearchTerm[]? _sorted;

    public void Add(SearchTerm term)
    {
        if (_sorted is not null) _added.Add(term);
    }

    /// <summary>The terms whose texts start with the prefix. Valid until a term is added.</summary>
    public ReadOnlySpan<SearchTerm> StartingWith(string prefix)
    {
        var all = All();
        if (prefix.Length == 0) return all;
        var rest = all[CountWhile(all, prefix, static (text, prefix) => text.CompareTo(prefix, StringComparison.Ordinal) < 0)..];
        return rest[..CountWhile(rest, prefix, static (text, prefix) => text.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>Appends the terms that match.</summary>
    /// <param name="among">Terms in order.</param>
    /// <param name="scan">The scan of the pattern; must be new, or have processed only preceding terms.</param>
    /// <param name="fitting">The list to append to.</param>
    /// <exception cref="SearchQueryException">Matching a term exceeds a limit of the pattern.</exception>
    public static void Collect(ReadOnlySpan<SearchTerm> among, ITermScan scan, List<SearchTerm> fitting)
    {
        while (!among.IsEmpty)
        {
            var term = among[0];
            var skipped = 1;
            if (scan.TryScore(term.Text, out _, out var deadLength)) fitting.Add(term);
            else if (deadLength > 0) skipped += CountShared(among[1..], term.Text.AsSpan(0, deadLength));
            among = among[skipped..];
        }
    }

    /// <summary>The number of leading terms with that prefix; usually few, so it uses an exponential search.</summary>
    private static int CountShared(ReadOnlySpan<SearchTerm> among, ReadOnlySpan<char> prefix)
    {
        var reach = 1;
        while (reach <= among.Length && among[reach - 1].Text.AsSpan().StartsWith(prefix, StringComparison.Ordinal)) reach *= 2;
        var sure = reach / 2;
        return sure + CountWhile(among[sure..Math.Min(among.Length, reach)], prefix, static (text, prefix) => text.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>The number of leading terms that meet a condition which no later term meets.</summary>
    private static int CountWhile(ReadOnlySpan<SearchTerm> among, ReadOnlySpan<char> prefix, Func<ReadOnlySpan<char>, ReadOnlySpan<char>, bool> isSo)
    {
        int low = 0, high = among.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isSo(among[middle].Text, prefix)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private ReadOnlySpan<SearchTerm> All()
    {
        lock (_gate)
        {
            if (_sorted is null) _sorted = SortAll();
            else if (_added.Count > 0) _sorted = Merge(_sorted);
            return _sorted;
        }
    }

    private SearchTerm[] SortAll()
    {
        var texts = new string[terms.Count];
        var sorted = new SearchTerm[terms.Count];
        terms.Keys.CopyTo(texts, 0);
        terms.Values.CopyTo(sorted, 0);
        Array.Sort(texts, sorted, StringComparer.Ordinal);
        return sorted;
    }

    private SearchTerm[] Merge(SearchTerm[] sorted)
    {
        _added.Sort(static (x, y) => string.CompareOrdinal(x.Text, y.Text));
        var merged = new SearchTerm[sorted.Length + _added.Count];
        var rest = sorted.AsSpan();
        var to = 0;
        foreach (var term in _added)
        {
            var before = CountWhile(rest, term.Text, static (text, other) => text.CompareTo(other, StringComparison.Ordinal) < 0);
            rest[..before].CopyTo(merged.AsSpan(to));
            rest = rest[before..];
            to += before;
            merged[to++] = term;
        }

        rest.CopyTo(merged.AsSpan(to));
        _added.Clear();
        return merged;
    }
}
