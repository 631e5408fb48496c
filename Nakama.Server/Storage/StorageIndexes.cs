using System.Collections.Frozen;
using Nakama.Server.Accounts;
using Nakama.Server.Metrics;
using Nakama.Server.Search;

namespace Nakama.Server.Storage;

/// <summary>The indexes of this node, updated with every change that is made through it.</summary>
public sealed class StorageIndexes(
    StorageIndexRegistry registry, SearchIndexFactory factory, MetricRegistry metrics, ILogger<StorageIndexes> logger) : IDroppedDataListener, IDisposable
{
    private volatile FrozenDictionary<string, StorageIndex> _byName = FrozenDictionary<string, StorageIndex>.Empty;
    private volatile FrozenDictionary<string, StorageIndex[]> _byCollection = FrozenDictionary<string, StorageIndex[]>.Empty;

    internal IReadOnlyCollection<StorageIndex> All => _byName.Values;

    public void Dispose()
    {
        foreach (var index in _byName.Values) index.Dispose();
    }

    /// <summary>Creates the registered indexes; they are empty until objects are added.</summary>
    internal void Open() => Use(registry.Definitions.Select(Make));

    /// <summary>Adds an index that was registered after the start; it is empty until objects are added.</summary>
    internal StorageIndex Add(StorageIndexDefinition definition)
    {
        var added = Make(definition);
        Use(All.Append(added));
        return added;
    }

    private StorageIndex Make(StorageIndexDefinition definition)
    {
        var index = new StorageIndex(definition, factory);
        metrics.Gauge("storage_index_entry_count", () => index.Count, new KeyValuePair<string, string>("index_name", definition.Name));
        return index;
    }

    private void Use(IEnumerable<StorageIndex> all)
    {
        _byName = all.ToFrozenDictionary(static index => index.Definition.Name, StringComparer.Ordinal);
        _byCollection = _byName.Values.GroupBy(static index => index.Definition.Collection, StringComparer.Ordinal)
            .ToFrozenDictionary(static indexes => indexes.Key, static indexes => indexes.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Raised when objects of indexed collections were written or deleted through this node.</summary>
    internal event Action<IReadOnlyList<StorageId>>? Changed;

    /// <summary>
    /// Raised when objects of any collection were written or deleted through this node, with their ids, or without any when there
    /// are too many to name. Handlers must not take long.
    /// </summary>
    internal event Action<IEnumerable<StorageId>>? Stored;

    internal StorageIndex? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>To be called after objects were written and the transaction was committed.</summary>
    internal async ValueTask WrittenAsync(
        IReadOnlyList<StorageWrite> writes, IReadOnlyList<Nakama.Protocol.Api.StorageObjectAck> acks, CancellationToken cancellationToken)
    {
        if (_byCollection.Count == 0 && Stored is null) return;
        Announce(writes.Select(static write => write.Id));
        for (var i = 0; i < writes.Count; i++)
        {
            if (!_byCollection.TryGetValue(writes[i].Id.Collection, out var indexes)) continue;
            var (created, updated) = (acks[i].CreateTime.ToDateTimeOffset(), acks[i].UpdateTime.ToDateTimeOffset());
            foreach (var index in indexes)
            {
                if (index.Covers(writes[i].Id)) await PutAsync(index, writes[i], acks[i].Version, created, updated, cancellationToken);
            }
        }
    }

    /// <summary>To be called after objects were deleted and the transaction was committed.</summary>
    internal void Deleted(IReadOnlyList<StorageDelete> deletes)
    {
        if (_byCollection.Count == 0 && Stored is null) return;
        Announce(deletes.Select(static delete => delete.Id));
        foreach (var delete in deletes) Remove(delete.Id);
    }

    /// <summary>The system user's objects remain when accounts are deleted.</summary>
    void IDroppedDataListener.Drop(DroppedData data)
    {
        foreach (var index in _byName.Values) index.Drop(keepsSystem: data == DroppedData.Accounts);
    }

    /// <summary>The indexes that may contain an object.</summary>
    internal IEnumerable<StorageIndex> Covering(StorageId id) =>
        _byCollection.TryGetValue(id.Collection, out var indexes) ? indexes.Where(index => index.Covers(id)) : [];

    internal void Remove(StorageId id)
    {
        if (!_byCollection.TryGetValue(id.Collection, out var indexes)) return;
        foreach (var index in indexes) index.Remove(id);
    }

    /// <summary>Raises <see cref="Stored"/> for the objects, and <see cref="Changed"/> for those of indexed collections.</summary>
    internal void Announce(IEnumerable<StorageId> ids)
    {
        Stored?.Invoke(ids);
        if (Changed is not { } changed || _byCollection.Count == 0) return;
        StorageId[] indexed = [.. ids.Where(id => _byCollection.ContainsKey(id.Collection))];
        if (indexed.Length > 0) changed(indexed);
    }

    /// <summary>Raises <see cref="Stored"/> for more objects than are worth naming.</summary>
    internal void AnnounceMany() => Stored?.Invoke([]);

    /// <summary>Adds an object to an index if the filter of the index accepts it.</summary>
    internal async ValueTask PutAsync(
        StorageIndex index, StorageWrite write, string version, DateTimeOffset createdAt, DateTimeOffset updatedAt, CancellationToken cancellationToken)
    {
        if (registry.FindFilter(index.Definition.Name) is { } filter)
        {
            try
            {
                if (!await filter(write, cancellationToken))
                {
                    index.Remove(write.Id);
                    return;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                StorageLog.IndexFilterFailed(logger, e, index.Definition.Name, write.Id.Key);
                return;
            }
        }

        index.Put(write, version, createdAt, updatedAt);
    }
}
