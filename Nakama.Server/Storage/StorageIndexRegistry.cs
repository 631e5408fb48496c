using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Nakama.Server.Storage;

/// <summary>Returns whether an object belongs in an index. A failure leaves the object out and is logged.</summary>
public delegate ValueTask<bool> StorageIndexFilter(StorageWrite write, CancellationToken cancellationToken);

/// <summary>
/// The indexes and index filters that game logic registered, by name. Filled before the listeners open, and when modules are
/// loaded again.
/// </summary>
public sealed class StorageIndexRegistry
{
    private volatile FrozenDictionary<string, StorageIndexDefinition> _definitions = FrozenDictionary<string, StorageIndexDefinition>.Empty;
    private readonly ConcurrentDictionary<string, StorageIndexFilter> _filters = new(StringComparer.Ordinal);

    public IReadOnlyCollection<StorageIndexDefinition> Definitions => _definitions.Values;

    /// <inheritdoc cref="DefineAll"/>
    public void Define(StorageIndexDefinition definition) => DefineAll([definition]);

    /// <summary>
    /// Adds all of the definitions, or none when one is refused. The same definition may be added twice, as when a module is
    /// loaded twice.
    /// </summary>
    /// <exception cref="StorageIndexException">A required value is missing, or the name is taken.</exception>
    public void DefineAll(IReadOnlyCollection<StorageIndexDefinition> definitions)
    {
        var all = new Dictionary<string, StorageIndexDefinition>(_definitions, StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            if (definition.Name.Length == 0) throw StorageIndexErrors.NoName;
            if (definition.Collection.Length == 0) throw StorageIndexErrors.NoCollection;
            if (definition.MaxEntries < 1) throw StorageIndexErrors.MaxEntries;
            if (definition.Fields.Count == 0) throw StorageIndexErrors.NoFields;
            if (!all.TryAdd(definition.Name, definition) && !definition.IsSame(all[definition.Name])) throw StorageIndexErrors.Exists(definition.Name);
        }

        _definitions = all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public void Filter(string indexName, StorageIndexFilter filter) => _filters[indexName] = filter;

    public void RemoveFilter(string indexName) => _filters.TryRemove(indexName, out _);

    public StorageIndexFilter? FindFilter(string indexName) => _filters.GetValueOrDefault(indexName);
}
