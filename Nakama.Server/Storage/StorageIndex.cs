using Nakama.Server.Search;

namespace Nakama.Server.Storage;

/// <summary>The objects of a collection by the members of their values, as far as they belong in.</summary>
internal sealed class StorageIndex : IDisposable
{
    private const string UpdateTime = "update_time";

    private static readonly SearchOrder[] OldestFirst = [SearchOrder.By(UpdateTime)];

    private readonly ISearchIndex<StorageIndexEntry> _entries;
    private readonly HashSet<string> _fields;
    private readonly HashSet<string> _sortable;

    // One change at a time: whether an entry is outdated is decided and acted upon in one go.
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

    public bool Covers(StorageId id) =>
        id.Collection == Definition.Collection && (Definition.Key.Length == 0 || id.Key == Definition.Key);

    /// <summary>
    /// Puts an object in, or takes it out when it has none of the members that count. What is older than what is there
    /// changes nothing.
    /// </summary>
    public void Put(StorageWrite write, string version, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    {
        if (StorageIndexValue.Pick(write.Value, _fields) is not { } value)
        {
            Remove(write.Id);
            return;
        }

        var key = StorageIndexEntry.KeyOf(write.Id);
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
            if (_entries.TryGet(key, out var known) && known.UpdatedAt > updatedAt) return;
            _entries.Put(key, document, entry);
            Evict();
        }
    }

    public void Remove(StorageId id)
    {
        lock (_gate) _entries.Remove(StorageIndexEntry.KeyOf(id));
    }

    /// <summary>Takes out what a search has found, unless something else stands there by now.</summary>
    public void Remove(StorageIndexEntry entry)
    {
        var key = StorageIndexEntry.KeyOf(entry.Id);
        lock (_gate)
        {
            if (_entries.TryGet(key, out var known) && ReferenceEquals(known, entry)) _entries.Remove(key);
        }
    }

    public SearchPage<StorageIndexEntry> Search(SearchQuery query, IReadOnlyList<string> order, int offset, int limit) =>
        _entries.Search(new() { Query = query, Order = OrderOf(order), Offset = offset, Limit = limit });

    public void Dispose() => (_entries as IDisposable)?.Dispose();

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

    /// <summary>A tenth more than is allowed is borne, so that the oldest are looked for now and then only.</summary>
    private void Evict()
    {
        if (_entries.Count * 10L <= Definition.MaxEntries * 11L) return;
        var surplus = _entries.Search(new() { Order = OldestFirst, Limit = _entries.Count - Definition.MaxEntries });
        foreach (var hit in surplus.Hits) _entries.Remove(StorageIndexEntry.KeyOf(hit.Item.Id));
    }
}
