namespace Nakama.GameLogic;

/// <summary>An index over the objects of a collection, held in memory.</summary>
/// <param name="Name">The name of the index, case-sensitive.</param>
/// <param name="Collection">The collection of the objects.</param>
public sealed record StorageIndex(string Name, string Collection)
{
    /// <summary>Only objects with this key; empty for all.</summary>
    public string Key { get; init; } = "";

    /// <summary>The members of the values by which objects can be found.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The members by which results can be sorted; each must also be one of <see cref="Fields"/>.</summary>
    public IReadOnlyList<string> SortableFields { get; init; } = [];

    /// <summary>The most objects; the oldest leave the index.</summary>
    public required int MaxEntries { get; init; }

    /// <summary>Whether results come from the index alone and hold the indexed members only.</summary>
    public bool IndexOnly { get; init; }
}
