using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Storage;

public sealed partial class StorageStore
{
    private const string Returned = "create_time, update_time, version, read, write";

    /// <summary>Leaves an identical object unchanged, including its update time.</summary>
    private const string WriteAnySql = $"""
        WITH written AS (
            INSERT INTO storage (collection, key, user_id, value, version, read, write, create_time, update_time)
            VALUES ($1, $2, $3, $4, $5, $6, $7, now(), now())
            ON CONFLICT (collection, key, user_id) DO UPDATE
            SET value = $4, version = $5, read = $6, write = $7, update_time = now()
            WHERE ($8 OR storage.write = 1)
                AND NOT (storage.version = $5 AND storage.read = $6 AND storage.write = $7)
            RETURNING {Returned})
        SELECT true, {Returned} FROM written
        UNION ALL
        SELECT false, {Returned} FROM storage
        WHERE collection = $1 AND key = $2 AND user_id = $3 AND NOT EXISTS (SELECT 1 FROM written)
        """;

    private const string WriteNewSql = $"""
        INSERT INTO storage (collection, key, user_id, value, version, read, write, create_time, update_time)
        VALUES ($1, $2, $3, $4, $5, $6, $7, now(), now())
        ON CONFLICT (collection, key, user_id) DO NOTHING
        RETURNING true, {Returned}
        """;

    private const string WriteMatchSql = $"""
        WITH written AS (
            UPDATE storage SET value = $4, version = $5, read = $6, write = $7, update_time = now()
            WHERE collection = $1 AND key = $2 AND user_id = $3 AND version = $9 AND ($8 OR write = 1)
            RETURNING {Returned})
        SELECT true, {Returned} FROM written
        UNION ALL
        SELECT false, {Returned} FROM storage
        WHERE collection = $1 AND key = $2 AND user_id = $3 AND NOT EXISTS (SELECT 1 FROM written)
        """;

    private const int MaxAttempts = 5;
    private const string AnyVersion = "";
    private const string NoVersion = "*";

    /// <summary>Writes all objects or none; the acknowledgements have the order of the request.</summary>
    /// <exception cref="Errors.ApiException">A version or a permission does not allow a write.</exception>
    public ValueTask<StorageObjectAcks> WriteAsync(
        IReadOnlyList<StorageWrite> writes, bool isAuthoritative, CancellationToken cancellationToken) =>
        WriteAsync(writes, isAuthoritative, null, cancellationToken);

    /// <summary>The same as a change that is recorded.</summary>
    public async ValueTask<StorageObjectAcks> WriteAsync(
        IReadOnlyList<StorageWrite> writes, bool isAuthoritative, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var acks = writes.Count == 1 && recorder is null
                    ? await WriteOneAsync(writes[0], isAuthoritative, cancellationToken)
                    : await database.InTransactionAsync(
                        recorder, (connection, token) => WriteAsync(connection, writes, isAuthoritative, token), cancellationToken);
                // The objects are written, even if the request is cancelled now.
                await indexes.WrittenAsync(writes, acks.Acks, CancellationToken.None);
                return acks;
            }
            catch (StorageChangedException) when (attempt < MaxAttempts)
            {
                // The next attempt sees the other writer's changes.
            }
        }
    }

    /// <summary>
    /// Same as the public overload, as part of a transaction that the caller retries if necessary, and after which the caller
    /// updates the indexes.
    /// </summary>
    /// <exception cref="StorageChangedException">A concurrent write conflicts; retry the transaction.</exception>
    internal async ValueTask<StorageObjectAcks> WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<StorageWrite> writes, bool isAuthoritative, CancellationToken cancellationToken)
    {
        var order = StorageOrder.Sort(writes, static write => write.Id);
        var versions = new string[writes.Count];
        await using var batch = new NpgsqlBatch(connection);
        foreach (var i in order)
        {
            versions[i] = StorageVersion.Of(writes[i].Value);
            var command = new NpgsqlBatchCommand(SqlOf(writes[i]));
            AddWrite(command.Parameters, writes[i], versions[i], isAuthoritative);
            batch.BatchCommands.Add(command);
        }

        var acks = new StorageObjectAck[writes.Count];
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var i in order)
        {
            acks[i] = await ReadAckAsync(row, writes[i], versions[i], isAuthoritative, cancellationToken);
            await row.NextResultAsync(cancellationToken);
        }

        return new StorageObjectAcks { Acks = { acks } };
    }

    /// <summary>A single statement needs no transaction: a rejected write has changed nothing.</summary>
    private ValueTask<StorageObjectAcks> WriteOneAsync(StorageWrite write, bool isAuthoritative, CancellationToken cancellationToken) =>
        database.RetryAsync((store: this, write, isAuthoritative), static async (database, state, cancellationToken) =>
        {
            var version = StorageVersion.Of(state.write.Value);
            await using var command = database.CreateCommand(SqlOf(state.write));
            AddWrite(command.Parameters, state.write, version, state.isAuthoritative);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var ack = await state.store.ReadAckAsync(row, state.write, version, state.isAuthoritative, cancellationToken);
            return new StorageObjectAcks { Acks = { ack } };
        }, cancellationToken);

    private static string SqlOf(StorageWrite write) => write.Version switch
    {
        AnyVersion => WriteAnySql,
        NoVersion => WriteNewSql,
        _ => WriteMatchSql,
    };

    private static void AddWrite(NpgsqlParameterCollection parameters, StorageWrite write, string version, bool isAuthoritative)
    {
        parameters.AddText(write.Id.Collection);
        parameters.AddText(write.Id.Key);
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = write.Id.OwnerId });
        parameters.AddJsonb(write.Value);
        parameters.AddText(version);
        parameters.Add(new NpgsqlParameter<short> { TypedValue = write.Read });
        parameters.Add(new NpgsqlParameter<short> { TypedValue = write.Write });
        if (write.Version == NoVersion) return;
        parameters.Add(new NpgsqlParameter<bool> { TypedValue = isAuthoritative });
        if (write.Version != AnyVersion) parameters.AddText(write.Version);
    }

    private async ValueTask<StorageObjectAck> ReadAckAsync(
        NpgsqlDataReader row, StorageWrite write, string version, bool isAuthoritative, CancellationToken cancellationToken)
    {
        var isPresent = await row.ReadAsync(cancellationToken);
        if (!isPresent || !row.GetBoolean(0))
        {
            if (!isPresent)
            {
                // Without a version the row that blocked the insert must be newer than the snapshot of this statement.
                if (write.Version == AnyVersion) throw new StorageChangedException();
                throw RejectVersion(write);
            }

            if (!isAuthoritative && row.GetInt16(5) != 1) throw RejectPermission(write);
            if (write.Version != AnyVersion) throw RejectVersion(write);
            if (row.GetString(3) != version || row.GetInt16(4) != write.Read || row.GetInt16(5) != write.Write)
                throw new StorageChangedException();
        }

        return new StorageObjectAck
        {
            Collection = write.Id.Collection,
            Key = write.Id.Key,
            UserId = write.Id.OwnerId.ToString(),
            Version = version,
            CreateTime = Timestamp.FromDateTime(row.GetDateTime(1)),
            UpdateTime = Timestamp.FromDateTime(row.GetDateTime(2)),
        };
    }

    private Errors.ApiException RejectVersion(StorageWrite write)
    {
        metrics.StorageWriteRejected(write.Id.Collection, "version");
        return StorageErrors.VersionRejected;
    }

    private Errors.ApiException RejectPermission(StorageWrite write)
    {
        metrics.StorageWriteRejected(write.Id.Collection, "permission");
        return StorageErrors.PermissionRejected;
    }
}
