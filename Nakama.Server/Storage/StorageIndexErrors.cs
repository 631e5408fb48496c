namespace Nakama.Server.Storage;

internal static class StorageIndexErrors
{
    public static StorageIndexException InvalidCursor => new("invalid cursor");

    public static StorageIndexException QueryMismatch => new("invalid cursor: query mismatch");

    public static StorageIndexException LimitMismatch => new("invalid cursor: limit mismatch");

    public static StorageIndexException OrderMismatch => new("invalid cursor: order mismatch");

    public static StorageIndexException NoName => new("cannot create index: name must be set");

    public static StorageIndexException NoCollection => new("cannot create index: collection must be set");

    public static StorageIndexException NoFields => new("cannot create index: at least one field must be set");

    public static StorageIndexException MaxEntries => new("cannot create index: max entries must be greater than 0");

    public static StorageIndexException NotFound(string name) => new($"index \"{name}\" not found");

    public static StorageIndexException Exists(string name) => new($"cannot create index: index with name \"{name}\" already exists");
}
