using Nakama.Server.Database;
using Nakama.Server.Storage;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>Keeps what the import of an account changes: the account, its wallet, and its storage objects within the bounds of an import.</summary>
internal sealed class AccountImportRecorder(HistoryRecorder account, Func<StorageRecorder> recorders, Guid userId, IReadOnlyList<StorageId> imported) : IChangeRecorder
{
    private StorageRecorder? _objects;

    public async ValueTask BeforeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await account.BeforeAsync(connection, cancellationToken);
        var owned = await StorageStateStore.ListOwnedAsync(connection, userId, StorageRecorder.MaxEntries, cancellationToken);
        _objects = recorders();
        await _objects.BeforeAsync(connection, [.. owned.Union(imported).Take(StorageRecorder.MaxEntries)], cancellationToken);
    }

    public async ValueTask AfterAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await account.AfterAsync(connection, cancellationToken);
        await _objects!.AfterAsync(connection, cancellationToken);
    }
}
