using System.Runtime.InteropServices;

namespace Nakama.Server.Search;

/// <summary>
/// The hits of a plan, best first and equal ones oldest first, found lazily. When the possible scores are known, the rows are
/// scanned once per score, and each search continues where the last hit was found; only when that takes long, all candidates
/// are collected first. Must be consumed before the index changes; rows that are removed meanwhile are skipped.
/// </summary>
internal sealed class SearchStream
{
    // Checking a row costs less than collecting and sorting it, and usually only a few hits are requested.
    private const int FreeLooks = 64;

    private readonly SearchRows _rows;
    private readonly SearchPlan _plan;
    private readonly double[] _levels;
    private readonly SearchTerm? _posting;
    private List<int>? _candidates;
    private PriorityQueue<RankedRow, RankedRow>? _ranked;
    private int _looks;
    private int _next;
    private int _level;
    private int _lastRow = -1;

    public SearchStream(SearchRows rows, SearchPlan plan)
    {
        (_rows, _plan) = (rows, plan);
        _levels = plan.Levels ?? [];
        _posting = plan.ShortestPosting;
        if (_posting is not null) ForgetTheGone(_posting);
        Restart();
        if (_levels.Length == 0) _ranked = Rank();
        else if (_levels.Length > 1) _looks = FreeLooks + (plan.MostRows / 2);
        else _looks = plan.Driver is { Posting: null } driver ? FreeLooks + (2 * driver.MostRows) : int.MaxValue;
    }

    public bool TryNext(out RankedRow hit)
    {
        while (_ranked is null && TryNextRow(out var row))
        {
            _lastRow = row;
            if (!_plan.TryScore(row, out var score) || score != _levels[_level]) continue;
            hit = new(row, score);
            return true;
        }

        hit = default;
        return _ranked?.TryDequeue(out hit, out _) ?? false;
    }

    private bool TryNextRow(out int row)
    {
        while (true)
        {
            if (_candidates is null && _looks-- == 0) Gather();
            if (_ranked is not null)
            {
                row = -1;
                return false;
            }

            if (TryNextRowOfLevel(out row)) return true;
            if (++_level >= _levels.Length) return false;
            Restart();
        }
    }

    private bool TryNextRowOfLevel(out int row)
    {
        row = _next;
        if (_candidates is not null)
        {
            if (_next >= _candidates.Count) return false;
            row = _candidates[_next++];
            return true;
        }

        if (_posting is null) return _next++ < _rows.End;
        var rows = _posting.Rows;
        if (_next >= rows.Length) return false;
        row = rows[_next++];
        return true;
    }

    private void Restart()
    {
        _next = _posting is null ? _rows.First : 0;
        _lastRow = -1;
    }

    private void Gather()
    {
        if (_levels.Length > 1)
        {
            _ranked = Rank();
            return;
        }

        _candidates = _plan.Candidates() ?? [];
        _next = CollectionsMarshal.AsSpan(_candidates).BinarySearch(_lastRow + 1);
        if (_next < 0) _next = ~_next;
    }

    private void ForgetTheGone(SearchTerm posting)
    {
        var rows = posting.Rows;
        var gone = 0;
        while (gone < rows.Length && !_rows.IsLive(rows[gone])) gone++;
        posting.Forget(gone);
    }

    /// <summary>The hits that have not been returned yet, in a heap.</summary>
    private PriorityQueue<RankedRow, RankedRow> Rank()
    {
        var best = _levels.Length > 0 ? _levels[_level] : double.PositiveInfinity;
        var hits = new List<(RankedRow, RankedRow)>();
        if (_plan.Candidates() is { } candidates)
        {
            foreach (var row in CollectionsMarshal.AsSpan(candidates)) Try(row);
        }
        else
        {
            for (var row = _rows.First; row < _rows.End; row++) Try(row);
        }

        return new(hits, BestFirst.Instance);

        void Try(int row)
        {
            if (!_plan.TryScore(row, out var score) || score > best || (score == best && row <= _lastRow)) return;
            hits.Add((new(row, score), new(row, score)));
        }
    }

    private sealed class BestFirst : IComparer<RankedRow>
    {
        public static readonly BestFirst Instance = new();

        public int Compare(RankedRow x, RankedRow y)
        {
            var scores = y.Score.CompareTo(x.Score);
            return scores != 0 ? scores : x.Row.CompareTo(y.Row);
        }
    }
}
