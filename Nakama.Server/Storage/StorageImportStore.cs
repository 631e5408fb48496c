using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Storage;

/// <summary>Writes the objects of an imported file, all or none, whatever versions exist.</summary>
public sealed class StorageImportStore(NpgsqlDataSource database, StorageStore store, StorageIndexes indexes)
{
    private const int RowsAtOnce = 500;

    /// <summary>The characters after which the rows are written, however few they are.</summary>
    private const int CharsAtOnce = 4 << 20;

    private const int MaxAttempts = 5;

    private const string WriteSql = """
        INSERT INTO storage AS s (collection, key, user_id, value, version, read, write, create_time, update_time)
        SELECT o.collection, o.key, o.user_id, o.value::jsonb, o.version, o.read, o.write, now(), now()
        FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::smallint[], $7::smallint[])
            AS o (collection, key, user_id, value, version, read, write)
        ON CONFLICT (collection, key, user_id) DO UPDATE SET
            value = excluded.value, version = excluded.version, read = excluded.read, write = excluded.write, update_time = excluded.update_time
        """;

    /// <summary>
    /// Imports objects in one transaction, of which only some are in memory at a time; the last of several with the same id wins.
    /// </summary>
    /// <param name="objects">Enumerated again when the transaction is retried. An exception from it leaves everything as it was.</param>
    /// <param name="recorders">Makes the recorder of an attempt.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of objects in the file.</returns>
    public async ValueTask<long> ImportAsync(
        Func<CancellationToken, IAsyncEnumerable<StorageWrite>> objects, Func<IStorageImportRecorder> recorders, CancellationToken cancellationToken)
    {
        var (count, indexed) = await ImportAsync(
            (connection, token) => WriteAsync(connection, objects(token), recorders(), token), cancellationToken);
        // The objects are written, even if the request is cancelled now.
        indexes.AnnounceMany();
        await RefreshAsync(indexed, CancellationToken.None);
        return count;
    }

    private async ValueTask<(long Count, HashSet<StorageId> Indexed)> ImportAsync(
        Func<NpgsqlConnection, CancellationToken, ValueTask<(long, HashSet<StorageId>)>> write, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.InTransactionAsync(write, cancellationToken);
            }
            catch (StorageChangedException) when (attempt < MaxAttempts)
            {
                // Somebody else has created one of the objects; the next attempt sees it.
            }
        }
    }

    private async ValueTask<(long Count, HashSet<StorageId> Indexed)> WriteAsync(
        NpgsqlConnection connection, IAsyncEnumerable<StorageWrite> objects, IStorageImportRecorder recorder, CancellationToken cancellationToken)
    {
        var (count, chars) = (0L, 0);
        var indexed = new HashSet<StorageId>();
        var rows = new Dictionary<StorageId, StorageWrite>(RowsAtOnce);
        await foreach (var row in objects.WithCancellation(cancellationToken))
        {
            count++;
            rows[row.Id] = row;
            if (indexes.Covering(row.Id).Any()) indexed.Add(row.Id);
            chars += row.Id.Collection.Length + row.Id.Key.Length + row.Value.Length;
            if (rows.Count < RowsAtOnce && chars < CharsAtOnce) continue;
            await WriteAsync(connection, [.. rows.Values], recorder, cancellationToken);
            rows.Clear();
            chars = 0;
        }

        if (rows.Count > 0) await WriteAsync(connection, [.. rows.Values], recorder, cancellationToken);
        return (count, indexed);
    }

    private static async ValueTask WriteAsync(
        NpgsqlConnection connection, StorageWrite[] rows, IStorageImportRecorder recorder, CancellationToken cancellationToken)
    {
        await recorder.BeforeAsync(connection, Array.ConvertAll(rows, static row => row.Id), cancellationToken);
        await WriteAsync(connection, rows, cancellationToken);
        await recorder.AfterAsync(connection, cancellationToken);
    }

    private static async ValueTask WriteAsync(NpgsqlConnection connection, StorageWrite[] rows, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(WriteSql);
        command.Parameters.AddTexts(Array.ConvertAll(rows, static row => row.Id.Collection));
        command.Parameters.AddTexts(Array.ConvertAll(rows, static row => row.Id.Key));
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Array.ConvertAll(rows, static row => row.Id.OwnerId) });
        command.Parameters.AddJsonTexts(Array.ConvertAll(rows, static row => row.Value));
        command.Parameters.AddTexts(Array.ConvertAll(rows, static row => StorageVersion.Of(row.Value)));
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = Array.ConvertAll(rows, static row => row.Read) });
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = Array.ConvertAll(rows, static row => row.Write) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async ValueTask RefreshAsync(HashSet<StorageId> ids, CancellationToken cancellationToken)
    {
        foreach (var some in ids.Chunk(RowsAtOnce))
        {
            indexes.Announce(some);
            foreach (var row in await store.ReadRowsAsync(some, cancellationToken))
            {
                foreach (var index in indexes.Covering(row.Write.Id))
                    await indexes.PutAsync(index, row.Write, row.Write.Version, row.CreatedAt, row.UpdatedAt, cancellationToken);
            }
        }
    }
}
