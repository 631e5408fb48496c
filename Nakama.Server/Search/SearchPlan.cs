using System.Numerics;
using System.Runtime.InteropServices;

namespace Nakama.Server.Search;

/// <summary>
/// A query and its filters, planned for one index: which rows to check, and which further conditions they must meet. Valid
/// until the rows are renumbered: rows may be removed meanwhile; rows added later may or may not be found.
/// </summary>
internal sealed class SearchPlan
{
    private const int MostShoulds = 4;
    private const int MarksPerWord = 64;

    // Candidates count as many when they are more than one in this number of rows.
    private const int ManyRows = 64;

    private readonly SearchRows _rows;
    private readonly SearchProbe[] _must;
    private readonly SearchProbe[] _should;
    private readonly SearchProbe[] _mustNot;
    private readonly SearchProbe[] _filters;
    private readonly SearchProbe? _sure;
    private readonly double _sureScore;

    // Whether the condition that provides the candidates is the only one.
    private readonly bool _isSingle;
    private double[]? _levels;
    private bool _hasLevels;

    /// <param name="rows">The index.</param>
    /// <param name="query">The query.</param>
    /// <param name="filters">Further conditions on hits.</param>
    /// <param name="isExhaustive">Whether all hits are wanted, so that every candidate row is checked anyway.</param>
    /// <exception cref="SearchQueryException">A clause of the query cannot be run.</exception>
    public SearchPlan(SearchRows rows, SearchQuery query, IReadOnlyList<SearchFilter> filters, bool isExhaustive = false)
    {
        if (query.Fault is { } fault) throw SearchQueryException.Unable(fault);
        _rows = rows;
        // A single should clause that has to match is a must clause.
        var isSingle = query.Must.Length == 0 && query.Should.Length == 1;
        _must = Probes(isSingle ? query.Should : query.Must);
        _should = isSingle ? [] : Probes(query.Should);
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

        Driver = ChooseDriver(isExhaustive);
        if (Driver?.UniformScore is { } uniform) (_sure, _sureScore) = (Driver, uniform);
        _isSingle = _must.Length == 1 && _must[0] == _sure && _should.Length + _mustNot.Length + _filters.Length == 0;
    }

    /// <summary>The condition that the fewest rows match; null when every row has to be checked.</summary>
    public SearchProbe? Driver { get; }

    /// <summary>The shortest posting list among the conditions that have one; null when there is none.</summary>
    public SearchTerm? ShortestPosting
    {
        get
        {
            SearchTerm? shortest = null;
            foreach (var probes in (ReadOnlySpan<SearchProbe[]>)[_must, _filters])
            {
                foreach (var probe in probes)
                {
                    if (probe.Posting is { } posting && (shortest is null || posting.Count < shortest.Count)) shortest = posting;
                }
            }

            return shortest;
        }
    }

    /// <summary>The maximum number of hits.</summary>
    public int MostRows => Math.Min(_rows.Live, Driver?.MostRows ?? (IsAnyOf ? SumOfShoulds() : int.MaxValue));

    /// <summary>
    /// The possible scores of hits, best first, if they depend only on which conditions match; null otherwise, and when there
    /// would be too many of them.
    /// </summary>
    public double[]? Levels
    {
        get
        {
            if (_hasLevels) return _levels;
            _hasLevels = true;
            return _levels = MakeLevels();
        }
    }

    // Without a must clause, at least one should clause has to match.
    private bool IsAnyOf => _must.Length == 0 && _should.Length > 0;

    private double[]? MakeLevels()
    {
        if (_should.Length > MostShoulds) return null;
        var least = 0.0;
        foreach (var probe in _must)
        {
            if (probe.UniformScore is not { } part) return null;
            least += part;
        }

        if (_must.Length + _should.Length == 0) return [1];
        var levels = new SortedSet<double>();
        for (var mask = IsAnyOf ? 1 : 0; mask < 1 << _should.Length; mask++)
        {
            // Added in the same order as for a row, so that the floating-point sums are equal.
            var score = least;
            for (var i = 0; i < _should.Length; i++)
            {
                if (_should[i].UniformScore is not { } part) return null;
                if ((mask & (1 << i)) != 0) score += part;
            }

            levels.Add(score);
        }

        return [.. levels.Reverse()];
    }

    /// <summary>Whether a row is a hit, and its score.</summary>
    public bool TryScore(int row, out double score) => TryScore(row, null, 0, out score);

    /// <summary>The same for a row of <see cref="Candidates"/>, for which one condition is already known to match.</summary>
    public bool TryScoreCandidate(int row, out double score) => TryScore(row, _sure, _sureScore, out score);

    private bool TryScore(int row, SearchProbe? sure, double sureScore, out double score)
    {
        score = 0;
        if (!_rows.IsLive(row)) return false;
        if (sure is not null && _isSingle)
        {
            score = sureScore;
            return true;
        }

        var slots = _rows.SlotsOf(row);
        foreach (var probe in _filters)
        {
            if (probe != sure && !probe.TryScore(slots, out _)) return false;
        }

        foreach (var probe in _must)
        {
            var part = sureScore;
            if (probe != sure && !probe.TryScore(slots, out part)) return false;
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

    /// <summary>The rows that may be hits, ascending and distinct; null when these are all rows.</summary>
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

    private void Sort(List<int> rows)
    {
        var span = CollectionsMarshal.AsSpan(rows);
        if (span.Length > _rows.End / ManyRows)
        {
            SortByMarks(rows);
            return;
        }

        span.Sort();
        var count = 0;
        for (var i = 0; i < span.Length; i++)
        {
            if (i == 0 || span[i] != span[i - 1]) span[count++] = span[i];
        }

        CollectionsMarshal.SetCount(rows, count);
    }

    /// <summary>Sorts with one bit per row of the index, which is faster for many rows.</summary>
    private void SortByMarks(List<int> rows)
    {
        var marks = new ulong[(_rows.End / MarksPerWord) + 1];
        foreach (var row in CollectionsMarshal.AsSpan(rows)) marks[row / MarksPerWord] |= 1UL << (row % MarksPerWord);
        rows.Clear();
        for (var i = 0; i < marks.Length; i++)
        {
            for (var word = marks[i]; word != 0; word &= word - 1) rows.Add((i * MarksPerWord) + BitOperations.TrailingZeroCount(word));
        }
    }

    private SearchProbe? ChooseDriver(bool isExhaustive)
    {
        SearchProbe? best = null;
        var most = _rows.End;
        foreach (var probes in (ReadOnlySpan<SearchProbe[]>)[_must, _filters])
        {
            foreach (var probe in probes)
            {
                var narrow = probe is RangeProbe range ? Narrow(range) : probe;
                if (narrow.MostRows >= most) continue;
                most = narrow.MostRows;
                best = narrow;
            }
        }

        if (!isExhaustive) return best;
        // Scanning the terms of a field may be cheaper than checking all remaining rows.
        foreach (var probes in (ReadOnlySpan<SearchProbe[]>)[_must, _filters])
        {
            foreach (var probe in probes)
            {
                if (probe.CountRowsWithin(most) is var count && count >= most) continue;
                most = count;
                best = probe;
            }
        }

        return best;
    }

    /// <summary>A range, narrowed by other conditions on the same number.</summary>
    private RangeProbe Narrow(RangeProbe range)
    {
        foreach (var other in _must)
        {
            if (other != range && other is RangeProbe second && range.And(second) is { } both) range = both;
        }

        return range;
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
