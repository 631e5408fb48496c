namespace Nakama.Server.Storage;

/// <summary>Says whether an object belongs into an index. A failure leaves the object out and is logged.</summary>
public delegate ValueTask<bool> StorageIndexFilter(StorageWrite write, CancellationToken cancellationToken);

/// <summary>
/// The indexes that game logic asked for, and its filters by their names. Filled before the doors open and only read
/// afterwards.
/// </summary>
public sealed class StorageIndexRegistry
{
    private readonly Dictionary<string, StorageIndexDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StorageIndexFilter> _filters = new(StringComparer.Ordinal);

    public IReadOnlyCollection<StorageIndexDefinition> Definitions => _definitions.Values;

    /// <summary>A second definition of a name replaces the first.</summary>
    public void Define(StorageIndexDefinition definition) => _definitions[definition.Name] = definition;

    public void Filter(string indexName, StorageIndexFilter filter) => _filters[indexName] = filter;

    public StorageIndexFilter? FindFilter(string indexName) => _filters.GetValueOrDefault(indexName);
}
