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
