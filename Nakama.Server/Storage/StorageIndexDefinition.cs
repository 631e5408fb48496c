namespace Nakama.Server.Storage;

/// <summary>An index over the objects of a collection, as game logic asks for it at start.</summary>
/// <param name="Name">Unique; its case matters.</param>
/// <param name="Collection">Whose objects.</param>
/// <param name="Key">Only objects with this key; empty for all.</param>
/// <param name="Fields">The members of the values that can be searched.</param>
/// <param name="SortableFields">Those by which results can be ordered.</param>
/// <param name="MaxEntries">How many objects it holds; the oldest give way.</param>
/// <param name="IndexOnly">Whether results come from the index alone, with the indexed members and nothing else.</param>
public sealed record StorageIndexDefinition(
    string Name, string Collection, string Key, IReadOnlyList<string> Fields, IReadOnlyList<string> SortableFields, int MaxEntries, bool IndexOnly)
{
    internal bool IsSame(StorageIndexDefinition other) =>
        this with { Fields = other.Fields, SortableFields = other.SortableFields } == other
        && Fields.SequenceEqual(other.Fields) && SortableFields.SequenceEqual(other.SortableFields);
}
