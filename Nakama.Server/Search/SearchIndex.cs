using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Nakama.Server.Search;

/// <summary>The index of this process: in memory, searched by many at a time, changed by one.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An index lives as long as what is in it; the lock's handles free themselves.")]
public sealed class SearchIndex<T> : ISearchIndex<T>
    where T : notnull
{
    private const string IdField = "_id";

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
        var values = new List<SearchValue>(document.Values.Count + 1) { new(IdField, id, 0) };
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
            var hits = Collect(new SearchPlan(_rows, request.Query, request.Filters), request.Accept);
            var total = hits.Count;
            var wanted = SearchRanking.Take(_rows, hits, request.Order, request.Offset, request.Limit);
            var page = new SearchHit<T>[wanted.Length];
            for (var i = 0; i < page.Length; i++) page[i] = new(_items[wanted[i].Row].Item, wanted[i].Score);
            return new(page, total);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    private List<RankedRow> Collect(SearchPlan plan, Predicate<T>? accept)
    {
        var hits = new List<RankedRow>();
        if (plan.Candidates() is { } candidates)
        {
            foreach (var row in CollectionsMarshal.AsSpan(candidates)) Try(row);
        }
        else
        {
            for (var row = 0; row < _rows.End; row++) Try(row);
        }

        return hits;

        void Try(int row)
        {
            if (plan.TryScore(row, out var score) && accept?.Invoke(_items[row].Item) != false) hits.Add(new(row, score));
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
