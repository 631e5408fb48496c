using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Nakama.Server.Search;

/// <summary>An in-memory index; searches run in parallel, changes one at a time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An index lives as long as what is in it; the lock's handles free themselves.")]
public sealed class SearchIndex<T> : ISearchIndex<T>
    where T : notnull
{
    private readonly ReaderWriterLockSlim _gate = new();
    private readonly Dictionary<string, int> _rowOfId = new(StringComparer.Ordinal);
    private readonly SearchRows _rows = new();
    private (string Id, T Item)[] _items = [];

    public int Count
    {
        get
        {
            _gate.EnterReadLock();
            try
            {
                return _rowOfId.Count;
            }
            finally
            {
                _gate.ExitReadLock();
            }
        }
    }

    public void Put(string id, SearchDocument document, T item)
    {
        var values = new List<SearchValue>(document.Values.Count + 1) { new(SearchDocument.IdField, id, 0) };
        values.AddRange(document.Values);
        _gate.EnterWriteLock();
        try
        {
            if (_rowOfId.TryGetValue(id, out var old)) Clear(old);
            var row = _rows.Add(values);
            if (row >= _items.Length) Array.Resize(ref _items, Math.Max(16, row * 2));
            _items[row] = (id, item);
            _rowOfId[id] = row;
            PackWhenWorthIt();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    public bool Remove(string id)
    {
        _gate.EnterWriteLock();
        try
        {
            if (!_rowOfId.Remove(id, out var row)) return false;
            Clear(row);
            PackWhenWorthIt();
            return true;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    public bool TryGet(string id, [MaybeNullWhen(false)] out T item)
    {
        _gate.EnterReadLock();
        try
        {
            var isThere = _rowOfId.TryGetValue(id, out var row);
            item = isThere ? _items[row].Item : default;
            return isThere;
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    public SearchPage<T> Search(SearchRequest<T> request)
    {
        _gate.EnterReadLock();
        try
        {
            var ranking = new SearchRanking(_rows, request.Order, request.Offset, request.Limit);
            Collect(new SearchPlan(_rows, request.Query, request.Filters, isExhaustive: true), request, ranking);
            var wanted = ranking.Take();
            var page = new SearchHit<T>[wanted.Length];
            for (var i = 0; i < page.Length; i++) page[i] = new(_items[wanted[i].Row].Item, wanted[i].Score);
            return new(page, ranking.Total);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    private void Collect(SearchPlan plan, SearchRequest<T> request, SearchRanking ranking)
    {
        // Youngest first is a common order, and when the best hits are offered first, the others need not be kept.
        var isBackwards = request.Order.FirstOrDefault(static order => order.Field is not null) is { IsDescending: true };
        if (plan.Candidates() is { } candidates)
        {
            var rows = CollectionsMarshal.AsSpan(candidates);
            if (isBackwards) rows.Reverse();
            foreach (var row in rows)
            {
                if (plan.TryScoreCandidate(row, out var score)) Offer(row, score);
            }
        }
        else
        {
            for (var i = 0; i < _rows.End; i++)
            {
                var row = isBackwards ? _rows.End - 1 - i : i;
                if (plan.TryScore(row, out var score)) Offer(row, score);
            }
        }

        void Offer(int row, double score)
        {
            if (request.Accept?.Invoke(_items[row].Item) != false) ranking.Offer(row, score);
        }
    }

    private void Clear(int row)
    {
        _rows.Remove(row);
        _items[row] = default;
    }

    private void PackWhenWorthIt()
    {
        if (!_rows.IsWorthPacking) return;
        _rows.Pack((from, to) =>
        {
            _items[to] = _items[from];
            _rowOfId[_items[to].Id] = to;
        });
        Array.Clear(_items, _rows.End, _items.Length - _rows.End);
    }
}
