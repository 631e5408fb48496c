namespace Nakama.GameLogic.Functions;

/// <summary>Who may read an object.</summary>
public enum ReadPermission
{
    /// <summary>Game logic only.</summary>
    None,

    /// <summary>The owner too.</summary>
    Owner,

    /// <summary>All users.</summary>
    Public,
}

/// <summary>Who may write an object.</summary>
public enum WritePermission
{
    /// <summary>Game logic only.</summary>
    None,

    /// <summary>The owner too.</summary>
    Owner,
}

/// <summary>The key of an object.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Key">The key in the collection.</param>
/// <param name="UserId">The owner; null for the system.</param>
public sealed record StorageKey(string Collection, string Key, Guid? UserId = null);

/// <summary>An object to be written.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Key">The key in the collection.</param>
/// <param name="Value">A JSON object.</param>
/// <param name="UserId">The owner; null for the system.</param>
public sealed record StorageWrite(string Collection, string Key, string Value, Guid? UserId = null)
{
    /// <summary>The version of an object that must not exist yet.</summary>
    public const string MustNotExist = "*";

    /// <summary>The version that the stored object must have, or <see cref="MustNotExist"/>; null for any.</summary>
    public string? Version { get; init; }

    /// <summary>Who may read the object.</summary>
    public ReadPermission Read { get; init; } = ReadPermission.Owner;

    /// <summary>Who may write the object.</summary>
    public WritePermission Write { get; init; } = WritePermission.Owner;
}

/// <summary>An object to be deleted.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Key">The key in the collection.</param>
/// <param name="UserId">The owner; null for the system.</param>
/// <param name="Version">The version that the stored object must have; null for any.</param>
public sealed record StorageDelete(string Collection, string Key, Guid? UserId = null, string? Version = null);
