namespace Nakama.Server.Storage;

/// <summary>Where an object is. The empty owner is the system.</summary>
public readonly record struct StorageId(string Collection, string Key, Guid OwnerId);

/// <summary>One object to write.</summary>
/// <param name="Id">Where.</param>
/// <param name="Value">The text of a JSON object.</param>
/// <param name="Version">Empty writes in any case, <c>*</c> only when there is none, else only over this version.</param>
/// <param name="Read">Who may read: 0 the server, 1 the owner, 2 everyone.</param>
/// <param name="Write">Who may write: 0 the server, 1 the owner.</param>
public sealed record StorageWrite(StorageId Id, string Value, string Version, short Read, short Write);

/// <summary>One object to delete.</summary>
/// <param name="Id">Where.</param>
/// <param name="Version">Empty deletes any version.</param>
public sealed record StorageDelete(StorageId Id, string Version);

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

/// <summary>An object as an index keeps it.</summary>
/// <param name="Id">Where the object is.</param>
/// <param name="Version">The version that was indexed.</param>
/// <param name="Read">Who may read it.</param>
/// <param name="Write">Who may write it.</param>
/// <param name="CreatedAt">When it was first written.</param>
/// <param name="UpdatedAt">When it was last written.</param>
/// <param name="Value">The indexed members as JSON; empty unless results come from the index alone.</param>
internal sealed record StorageIndexEntry(
    StorageId Id, string Version, short Read, short Write, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Value)
{
    /// <summary>The same object always has the same, within one collection.</summary>
    public static string KeyOf(StorageId id) => $"{id.Collection}.{id.Key}.{id.OwnerId}";

    public bool MayRead(Guid? readerId) => readerId is null || Read == 2 || Id.OwnerId == readerId;
}
