using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Storage;

/// <summary>Reads and restores storage objects with their versions and permissions, as part of a transaction.</summary>
internal sealed class StorageStateStore(StorageIndexes indexes)
{
    // A value that is too large to be kept is not read either. Clients and exports know the time of creation in seconds.
    private const string Columns = """
        s.collection, s.key, s.user_id, CASE WHEN octet_length(s.value::text) <= $4 THEN s.value::text END,
        CASE WHEN octet_length(s.value::text) > $4 THEN md5(s.value::text) END, octet_length(s.value::text),
        s.version, s.read, s.write, date_trunc('second', s.create_time), s.create_time = now()
        """;

    private const string ReadSql = $"""
        SELECT {Columns} FROM storage s
        JOIN unnest($1::text[], $2::text[], $3::uuid[]) AS wanted (collection, key, user_id)
            ON s.collection = wanted.collection AND s.key = wanted.key AND s.user_id = wanted.user_id
        ORDER BY s.collection, s.key, s.user_id FOR UPDATE OF s
        """;

    private const string ReadOwnedSql = """
        SELECT collection, key FROM storage WHERE user_id = $1 ORDER BY collection, read, key LIMIT $2
        """;

    private const string CreateSql = """
        INSERT INTO storage (collection, key, user_id, value, version, read, write, create_time, update_time)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())
        ON CONFLICT (collection, key, user_id) DO NOTHING
        RETURNING update_time
        """;

    private const string ReplaceSql = """
        UPDATE storage SET value = $4, version = $5, read = $6, write = $7, create_time = $8, update_time = now()
        WHERE collection = $1 AND key = $2 AND user_id = $3
        RETURNING update_time
        """;

    /// <summary>Locks the objects that exist, and reads them.</summary>
    public static async ValueTask<Dictionary<StorageId, StorageState>> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<StorageId> ids, CancellationToken cancellationToken)
    {
        var states = new Dictionary<StorageId, StorageState>(ids.Count);
        if (ids.Count == 0) return states;
        await using var command = connection.CreateCommand(ReadSql);
        command.Parameters.AddTexts([.. ids.Select(static id => id.Collection)]).AddTexts([.. ids.Select(static id => id.Key)]);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(static id => id.OwnerId)] });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ObjectState.MaxBytes });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            states[new StorageId(row.GetString(0), row.GetString(1), row.GetGuid(2))] = new(StateOf(row), row.GetBoolean(10));
        return states;
    }

    /// <summary>The ids of some objects of a user, in the order of their names.</summary>
    public static async ValueTask<List<StorageId>> ListOwnedAsync(NpgsqlConnection connection, Guid userId, int limit, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(ReadOwnedSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<StorageId>();
        while (await row.ReadAsync(cancellationToken)) ids.Add(new(row.GetString(0), row.GetString(1), userId));
        return ids;
    }

    /// <summary>Puts a state back, or removes the object when the state is null.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="id">The object.</param>
    /// <param name="state">What it was.</param>
    /// <param name="isThere">Whether it exists and is locked.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The action to run after the commit, which updates the indexes.</returns>
    /// <exception cref="PostgresException">The owner does not exist any more.</exception>
    /// <exception cref="StorageChangedException">Somebody else has created it meanwhile.</exception>
    public async ValueTask<Func<ValueTask>> RestoreAsync(
        NpgsqlConnection connection, StorageId id, JsonElement? state, bool isThere, CancellationToken cancellationToken)
    {
        if (state is not { } stored)
        {
            StorageDelete[] deletes = [new(id, "")];
            await StorageStore.DeleteAsync(connection, deletes, isAuthoritative: true, cancellationToken);
            return () =>
            {
                indexes.Deleted(deletes);
                return ValueTask.CompletedTask;
            };
        }

        var write = new StorageWrite(
            id, stored.GetProperty("value").GetRawText(), stored.GetProperty("version").GetString()!,
            stored.GetProperty("permission_read").GetInt16(), stored.GetProperty("permission_write").GetInt16());
        var createdAt = ObjectState.Time(stored.GetProperty("create_time").GetString()!);
        await using var command = connection.CreateCommand(isThere ? ReplaceSql : CreateSql);
        command.Parameters.AddText(id.Collection).AddText(id.Key).Add(new NpgsqlParameter<Guid> { TypedValue = id.OwnerId });
        command.Parameters.AddJsonb(write.Value).AddText(write.Version);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = write.Read });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = write.Write });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = createdAt });
        if (await command.ExecuteScalarAsync(cancellationToken) is not DateTime updatedAt) throw new StorageChangedException();
        var ack = new StorageObjectAck
        {
            Collection = id.Collection,
            Key = id.Key,
            UserId = id.OwnerId.ToString(),
            Version = write.Version,
            CreateTime = Timestamp.FromDateTime(createdAt),
            UpdateTime = Timestamp.FromDateTime(updatedAt),
        };
        return () => indexes.WrittenAsync([write], [ack], CancellationToken.None);
    }

    private static ObjectState StateOf(NpgsqlDataReader row)
    {
        var (version, read, write, createdAt) = (row.GetString(6), row.GetInt16(7), row.GetInt16(8), row.GetDateTime(9));
        return row.IsDBNull(3)
            ? ObjectState.Omitted(row.GetInt32(5), "md5", row.GetString(4), WriteRest)
            : ObjectState.Write(writer =>
            {
                writer.WritePropertyName("value");
                writer.WriteRawValue(row.GetString(3), skipInputValidation: true);
                WriteRest(writer);
            });

        void WriteRest(Utf8JsonWriter writer)
        {
            writer.WriteString("version", version);
            writer.WriteNumber("permission_read", read);
            writer.WriteNumber("permission_write", write);
            writer.WriteString("create_time", ObjectState.Text(createdAt));
        }
    }
}
