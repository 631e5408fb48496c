using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Storage;

public sealed partial class StorageStore
{
    private const string DeleteSql = """
        DELETE FROM storage
        WHERE collection = $1 AND key = $2 AND user_id = $3 AND ($4 OR write > 0) AND ($5 = '' OR version = $5)
        """;

    /// <summary>
    /// Deletes all objects or none. A missing object is always an error for users, and for the server only when it gives a
    /// version.
    /// </summary>
    /// <exception cref="Errors.ApiException">An object is missing, has another version, or must not be deleted.</exception>
    public ValueTask DeleteAsync(IReadOnlyList<StorageDelete> deletes, bool isAuthoritative, CancellationToken cancellationToken) =>
        DeleteAsync(deletes, isAuthoritative, null, cancellationToken);

    /// <summary>The same as a change that is recorded.</summary>
    public async ValueTask DeleteAsync(
        IReadOnlyList<StorageDelete> deletes, bool isAuthoritative, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        if (deletes.Count == 1 && recorder is null)
        {
            await DeleteOneAsync(deletes[0], isAuthoritative, cancellationToken);
        }
        else
        {
            await database.InTransactionAsync(
                recorder, (connection, token) => DeleteAsync(connection, deletes, isAuthoritative, token), cancellationToken);
        }

        indexes.Deleted(deletes);
    }

    /// <summary>Same as the public overload, as part of a transaction after which the caller updates the indexes.</summary>
    internal static async ValueTask DeleteAsync(
        NpgsqlConnection connection, IReadOnlyList<StorageDelete> deletes, bool isAuthoritative, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var order = StorageOrder.Sort(deletes, static delete => delete.Id);
        foreach (var i in order)
        {
            var command = new NpgsqlBatchCommand(DeleteSql);
            AddDelete(command.Parameters, deletes[i], isAuthoritative);
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        for (var i = 0; i < order.Length; i++)
            Check(deletes[order[i]], isAuthoritative, batch.BatchCommands[i].RecordsAffected);
    }

    /// <summary>Deletes all objects. The caller clears the indexes of all nodes.</summary>
    public async ValueTask DeleteAllAsync(CancellationToken cancellationToken) =>
        await database.RetryAsync(static async (connection, token) =>
        {
            await using var command = connection.CreateCommand("TRUNCATE TABLE storage");
            return await command.ExecuteNonQueryAsync(token);
        }, cancellationToken);

    private async ValueTask DeleteOneAsync(StorageDelete delete, bool isAuthoritative, CancellationToken cancellationToken)
    {
        var deleted = await database.RetryAsync((delete, isAuthoritative), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(DeleteSql);
            AddDelete(command.Parameters, state.delete, state.isAuthoritative);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);
        Check(delete, isAuthoritative, deleted);
    }

    private static void AddDelete(NpgsqlParameterCollection parameters, StorageDelete delete, bool isAuthoritative)
    {
        parameters.AddText(delete.Id.Collection);
        parameters.AddText(delete.Id.Key);
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = delete.Id.OwnerId });
        parameters.Add(new NpgsqlParameter<bool> { TypedValue = isAuthoritative });
        parameters.AddText(delete.Version);
    }

    private static void Check(StorageDelete delete, bool isAuthoritative, long deleted)
    {
        if (deleted == 0 && (!isAuthoritative || delete.Version.Length > 0)) throw StorageErrors.DeleteRejected;
    }
}
