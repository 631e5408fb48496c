using Nakama.Server.Search;

namespace Nakama.Server.Storage;

/// <summary>Indexes the objects of a collection that it covers by the members of their values.</summary>
internal sealed class StorageIndex : IDisposable
{
    private const string UpdateTime = "update_time";

    private static readonly SearchOrder[] OldestFirst = [SearchOrder.By(UpdateTime)];

    private readonly ISearchIndex<StorageIndexEntry> _entries;
    private readonly HashSet<string> _fields;
    private readonly HashSet<string> _sortable;

    // Serializes changes: checking whether an entry is outdated and replacing it must be atomic.
    private readonly Lock _gate = new();

    public StorageIndex(StorageIndexDefinition definition, SearchIndexFactory factory)
    {
        Definition = definition;
        _fields = new(definition.Fields, StringComparer.Ordinal);
        _sortable = new(definition.SortableFields.Select(static field => field.StartsWith("value.", StringComparison.Ordinal) ? field : "value." + field), StringComparer.Ordinal)
        {
            UpdateTime, "create_time",
        };
        _entries = factory.Create<StorageIndexEntry>(definition.MaxEntries, _sortable);
    }

    public StorageIndexDefinition Definition { get; }

    public int Count => _entries.Count;

    /// <summary>Whether all objects of the database have been added.</summary>
    public bool IsFilled { get; set; }

    public bool Covers(StorageId id) =>
        id.Collection == Definition.Collection && (Definition.Key.Length == 0 || id.Key == Definition.Key);

    /// <summary>
    /// Adds an object, or removes it when it has none of the indexed members. A state older than the present one is
    /// ignored.
    /// </summary>
    public void Put(StorageWrite write, string version, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    {
        var key = StorageIndexEntry.KeyOf(write.Id);
        if (StorageIndexValue.Pick(write.Value, _fields) is not { } value)
        {
            lock (_gate)
            {
                if (!IsOutdated(key, updatedAt)) _entries.Remove(key);
            }

            return;
        }

        var entry = new StorageIndexEntry(
            write.Id, version, write.Read, write.Write, createdAt, updatedAt, Definition.IndexOnly ? value : "");
        var document = new SearchDocument()
            .Keyword("collection", write.Id.Collection)
            .Keyword("key", write.Id.Key)
            .Keyword("user_id", write.Id.OwnerId.ToString())
            .Keyword("version", version)
            .Number("read", write.Read)
            .Number("write", write.Write)
            .Date("create_time", createdAt)
            .Date(UpdateTime, updatedAt)
            .Json("value", value);
        lock (_gate)
        {
            if (IsOutdated(key, updatedAt)) return;
            _entries.Put(key, document, entry);
            Evict();
        }
    }

    public void Remove(StorageId id)
    {
        lock (_gate) _entries.Remove(StorageIndexEntry.KeyOf(id));
    }

    /// <summary>Removes an object unless a later state of it than this one has been added.</summary>
    public void Remove(StorageId id, DateTimeOffset updatedAt)
    {
        var key = StorageIndexEntry.KeyOf(id);
        lock (_gate)
        {
            if (!IsOutdated(key, updatedAt)) _entries.Remove(key);
        }
    }

    /// <summary>Removes an entry that a search has found, unless it has been replaced since.</summary>
    public void Remove(StorageIndexEntry entry)
    {
        var key = StorageIndexEntry.KeyOf(entry.Id);
        lock (_gate)
        {
            if (_entries.TryGet(key, out var known) && ReferenceEquals(known, entry)) _entries.Remove(key);
        }
    }

    /// <summary>Removes all entries, or all but those of the system user.</summary>
    public void Drop(bool keepsSystem)
    {
        lock (_gate)
        {
            var all = _entries.Search(new() { Order = OldestFirst, Limit = _entries.Count });
            foreach (var hit in all.Hits)
            {
                if (!keepsSystem || hit.Item.Id.OwnerId != Guid.Empty) _entries.Remove(StorageIndexEntry.KeyOf(hit.Item.Id));
            }
        }
    }

    public SearchPage<StorageIndexEntry> Search(SearchQuery query, IReadOnlyList<string> order, int offset, int limit) =>
        _entries.Search(new() { Query = query, Order = OrderOf(order), Offset = offset, Limit = limit });

    public void Dispose() => (_entries as IDisposable)?.Dispose();

    private bool IsOutdated(string key, DateTimeOffset updatedAt) =>
        _entries.TryGet(key, out var known) && known.UpdatedAt > updatedAt;

    private SearchOrder[] OrderOf(IReadOnlyList<string> order)
    {
        if (order.Count == 0) return [SearchOrder.Score];
        var keys = new List<SearchOrder>(order.Count);
        foreach (var text in order)
        {
            var field = text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;
            if (field == "_score") keys.Add(SearchOrder.Score);
            else if (_sortable.Contains(field)) keys.Add(SearchOrder.By(field, text.StartsWith('-')));
        }

        return [.. keys];
    }

    /// <summary>The limit may be exceeded by a tenth, so that the oldest entries are searched for only occasionally.</summary>
    private void Evict()
    {
        if (_entries.Count * 10L <= Definition.MaxEntries * 11L) return;
        var surplus = _entries.Search(new() { Order = OldestFirst, Limit = _entries.Count - Definition.MaxEntries });
        foreach (var hit in surplus.Hits) _entries.Remove(StorageIndexEntry.KeyOf(hit.Item.Id));
    }
}
