namespace Nakama.Server.Storage;

/// <summary>Identifies an object. The empty owner is the system.</summary>
public readonly record struct StorageId(string Collection, string Key, Guid OwnerId);

/// <summary>One object to write.</summary>
/// <param name="Id">The object.</param>
/// <param name="Value">The text of a JSON object.</param>
/// <param name="Version">Empty writes unconditionally, <c>*</c> only a new object, else only over this version.</param>
/// <param name="Read">Who may read: 0 the server, 1 the owner, 2 everyone.</param>
/// <param name="Write">Who may write: 0 the server, 1 the owner.</param>
public sealed record StorageWrite(StorageId Id, string Value, string Version, short Read, short Write);

/// <summary>One object to delete.</summary>
/// <param name="Id">The object.</param>
/// <param name="Version">Empty deletes any version.</param>
public sealed record StorageDelete(StorageId Id, string Version);

/// <summary>What a stored object is.</summary>
/// <param name="State">Its value, version and permissions.</param>
/// <param name="IsNew">Whether the transaction that reads it has made it.</param>
internal sealed record StorageState(Database.ObjectState State, bool IsNew);

/// <summary>What operators list. Conditions that are not given match all objects.</summary>
public sealed record OperatorStorageFilter
{
    /// <summary>Empty for all collections.</summary>
    public string Collection { get; init; } = "";

    public string? Key { get; init; }

    /// <summary>The beginning of the key.</summary>
    public string? KeyPrefix { get; init; }

    public Guid? UserId { get; init; }

    /// <summary>Whether the user is the only condition.</summary>
    public bool IsUserOnly => UserId is not null && Collection.Length == 0;
}

/// <summary>The position of an object in the lists of operators, whatever their order.</summary>
public readonly record struct StoragePosition(string Collection, short Read, string Key, Guid UserId);

/// <summary>An index over the objects of a collection, as registered by game logic at startup.</summary>
/// <param name="Name">Unique and case-sensitive.</param>
/// <param name="Collection">The collection of the objects.</param>
/// <param name="Key">Only objects with this key; empty for all.</param>
/// <param name="Fields">The searchable members of the values.</param>
/// <param name="SortableFields">The members by which results can be sorted.</param>
/// <param name="MaxEntries">The maximum number of objects; the oldest are evicted.</param>
/// <param name="IndexOnly">Whether results come from the index alone, with only the indexed members.</param>
public sealed record StorageIndexDefinition(
    string Name, string Collection, string Key, IReadOnlyList<string> Fields, IReadOnlyList<string> SortableFields, int MaxEntries, bool IndexOnly)
{
    internal bool IsSame(StorageIndexDefinition other) =>
        this with { Fields = other.Fields, SortableFields = other.SortableFields } == other
        && Fields.SequenceEqual(other.Fields) && SortableFields.SequenceEqual(other.SortableFields);
}

/// <summary>An object as stored in an index.</summary>
/// <param name="Id">The object.</param>
/// <param name="Version">The version that was indexed.</param>
/// <param name="Read">Who may read it.</param>
/// <param name="Write">Who may write it.</param>
/// <param name="CreatedAt">When it was first written.</param>
/// <param name="UpdatedAt">When it was last written.</param>
/// <param name="Value">The indexed members as JSON; empty unless results come from the index alone.</param>
internal sealed record StorageIndexEntry(
    StorageId Id, string Version, short Read, short Write, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Value)
{
    /// <summary>Identifies an object within one collection.</summary>
    public static string KeyOf(StorageId id) => $"{id.Collection}.{id.Key}.{id.OwnerId}";

    public bool MayRead(Guid? readerId) => readerId is null || Read == 2 || Id.OwnerId == readerId;
}
