namespace Nakama.Server.Storage;

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
