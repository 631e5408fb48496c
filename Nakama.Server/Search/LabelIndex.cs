namespace Nakama.Server.Search;

/// <summary>
/// Items that are found by a label, which may change often. Additions and removals are visible at once, changes of labels
/// after the next refresh.
/// </summary>
/// <param name="describe">Creates the current document of an item.</param>
/// <typeparam name="T">The type of the items.</typeparam>
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

    /// <summary>Removes an item; does nothing when there is no such item.</summary>
    public void Remove(string id)
    {
        lock (_gate) _index.Remove(id);
    }

    /// <summary>Marks the label of an item as changed.</summary>
    public void Change(string id)
    {
        lock (_gate)
        {
            if (_isChanged.Add(id)) _changed.Add(id);
        }
    }

    /// <summary>Makes the changed labels visible to searches.</summary>
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
