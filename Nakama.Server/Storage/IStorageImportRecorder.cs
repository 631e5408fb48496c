using Npgsql;

namespace Nakama.Server.Storage;

/// <summary>Takes part in one attempt of an import, whose objects are written some at a time.</summary>
public interface IStorageImportRecorder
{
    /// <summary>Locks and reads objects that are about to be written.</summary>
    ValueTask BeforeAsync(NpgsqlConnection connection, IReadOnlyList<StorageId> ids, CancellationToken cancellationToken);

    /// <summary>Reads what the objects have become, and stores the differences.</summary>
    ValueTask AfterAsync(NpgsqlConnection connection, CancellationToken cancellationToken);
}
