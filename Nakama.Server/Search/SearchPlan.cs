using System.Runtime.InteropServices;

namespace Nakama.Server.Search;

/// <summary>
/// A query and its filters made ready for one index: which rows to look at, and what else they must be. Valid until the
/// index changes, except that rows may be removed.
/// </summary>
internal sealed class SearchPlan
{
    private readonly SearchRows _rows;
    private readonly SearchProbe[] _must;
    private readonly SearchProbe[] _should;
    private readonly SearchProbe[] _mustNot;
    private readonly SearchProbe[] _filters;

    /// <exception cref="SearchQueryException">A clause of the query cannot be run.</exception>
    public SearchPlan(SearchRows rows, SearchQuery query, IReadOnlyList<SearchFilter> filters)
    {
        if (query.Fault is { } fault) throw SearchQueryException.Unable(fault);
        _rows = rows;
        _must = Probes(query.Must);
        _should = Probes(query.Should);
        var (wanted, unwanted) = (0, 0);
        foreach (var filter in filters) _ = filter.IsNegated ? unwanted++ : wanted++;
        _mustNot = new SearchProbe[query.MustNot.Length + unwanted];
        _filters = new SearchProbe[wanted];
        for (var i = 0; i < query.MustNot.Length; i++) _mustNot[i] = SearchProbe.Make(query.MustNot[i], rows);
        (wanted, unwanted) = (0, query.MustNot.Length);
        foreach (var filter in filters)
        {
            var probe = SearchProbe.Make(filter.Clause, rows);
            if (filter.IsNegated) _mustNot[unwanted++] = probe;
            else _filters[wanted++] = probe;
        }

        Driver = ChooseDriver();
    }

    /// <summary>The condition that the fewest rows fit; null when every row has to be looked at.</summary>
    public SearchProbe? Driver { get; }

    /// <summary>How many rows may be hits at most.</summary>
    public int MostRows => Math.Min(_rows.Live, Driver?.MostRows ?? (IsAnyOf ? SumOfShoulds() : int.MaxValue));

    /// <summary>Whether all hits have the same score.</summary>
    public bool IsUniform
    {
        get
        {
            if (_should.Length > (IsAnyOf && _should.Length == 1 ? 1 : 0)) return false;
            foreach (var probe in IsAnyOf ? _should : _must)
            {
                if (!probe.IsUniform) return false;
            }

            return true;
        }
    }

    // Without a must, one of the shoulds at least has to fit.
    private bool IsAnyOf => _must.Length == 0 && _should.Length > 0;

    /// <summary>Whether a row is a hit, and how good a one.</summary>
    public bool TryScore(int row, out double score)
    {
        score = 0;
        if (!_rows.IsLive(row)) return false;
        var slots = _rows.SlotsOf(row);
        foreach (var probe in _filters)
        {
            if (!probe.TryScore(slots, out _)) return false;
        }

        foreach (var probe in _must)
        {
            if (!probe.TryScore(slots, out var part)) return false;
            score += part;
        }

        foreach (var probe in _mustNot)
        {
            if (probe.TryScore(slots, out _)) return false;
        }

        var isAny = false;
        foreach (var probe in _should)
        {
            if (!probe.TryScore(slots, out var part)) continue;
            isAny = true;
            score += part;
        }

        if (_must.Length + _should.Length == 0) score = 1;
        return isAny || !IsAnyOf;
    }

    /// <summary>The rows that may be hits, ascending and each once; null when that is all of them.</summary>
    public List<int>? Candidates()
    {
        var rows = new List<int>();
        if (Driver is { } driver)
        {
            driver.Collect(rows);
            if (driver.Posting is not null) return rows;
        }
        else if (IsAnyOf && SumOfShoulds() < _rows.End)
        {
            foreach (var probe in _should) probe.Collect(rows);
        }
        else
        {
            return null;
        }

        Sort(rows);
        return rows;
    }

    private static void Sort(List<int> rows)
    {
        var span = CollectionsMarshal.AsSpan(rows);
        span.Sort();
        var count = 0;
        for (var i = 0; i < span.Length; i++)
        {
            if (i == 0 || span[i] != span[i - 1]) span[count++] = span[i];
        }

        CollectionsMarshal.SetCount(rows, count);
    }

    private SearchProbe? ChooseDriver()
    {
        SearchProbe? best = null;
        var most = _rows.End;
        foreach (var probes in (ReadOnlySpan<SearchProbe[]>)[_must, _filters])
        {
            foreach (var probe in probes)
            {
                if (probe.MostRows >= most) continue;
                most = probe.MostRows;
                best = probe;
            }
        }

        return best;
    }

    private int SumOfShoulds()
    {
        var sum = 0L;
        foreach (var probe in _should) sum += probe.MostRows;
        return (int)Math.Min(sum, int.MaxValue);
    }

    private SearchProbe[] Probes(SearchClause[] clauses)
    {
        var probes = clauses.Length == 0 ? [] : new SearchProbe[clauses.Length];
        for (var i = 0; i < clauses.Length; i++) probes[i] = SearchProbe.Make(clauses[i], _rows);
        return probes;
    }
}
