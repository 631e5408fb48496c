namespace Nakama.Server.Search;

/// <summary>
/// Things that are found by a label which their owner may change as often as it likes: what is new is found at once, what
/// has changed with the next refresh, and what is removed no longer.
/// </summary>
/// <param name="describe">Makes the document of a thing as it is now.</param>
/// <typeparam name="T">What a search finds.</typeparam>
public sealed class LabelIndex<T>(Func<T, SearchDocument> describe)
    where T : notnull
{
    private readonly SearchIndex<T> _index = new();
    private readonly Lock _gate = new();

    // In the order of their first change since the last refresh.
    private readonly List<string> _changed = [];
    private readonly HashSet<string> _isChanged = new(StringComparer.Ordinal);

    public void Add(string id, T item)
    {
        lock (_gate) _index.Put(id, describe(item), item);
    }

    /// <summary>Nothing when there is no such thing.</summary>
    public void Remove(string id)
    {
        lock (_gate) _index.Remove(id);
    }

    /// <summary>Notes that a thing has another label.</summary>
    public void Change(string id)
    {
        lock (_gate)
        {
            if (_isChanged.Add(id)) _changed.Add(id);
        }
    }

    /// <summary>Lets searches see what has changed.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            foreach (var id in _changed)
            {
                if (_index.TryGet(id, out var item)) _index.Put(id, describe(item), item);
            }
            _changed.Clear();
            _isChanged.Clear();
        }
    }

    /// <exception cref="SearchQueryException">A clause of the query cannot be run.</exception>
    public SearchPage<T> Search(SearchRequest<T> request) => _index.Search(request);
}
