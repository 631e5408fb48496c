using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Nakama.Server.Metrics;
using Npgsql;

namespace Nakama.Server.Storage;

/// <summary>
/// JSON objects by collection, key and owner, with permissions and versions. "Authoritative" means on behalf of the
/// server, which is exempt from permissions.
/// </summary>
public sealed partial class StorageStore(NpgsqlDataSource database, StorageIndexes indexes, ServerMetrics metrics)
{
    internal const string Columns = """
        s.collection, s.key, s.user_id, s.value, s.version, s.read, s.write, s.create_time, s.update_time
        """;

    private const string ReadOneSql = $"""
        SELECT {Columns} FROM storage s
        WHERE s.collection = $1 AND s.key = $2 AND s.user_id = $3
            AND ($4 OR s.read = 2 OR (s.read = 1 AND s.user_id = $5))
        """;

    private const string ReadManySql = $"""
        SELECT {Columns} FROM unnest($1::text[], $2::text[], $3::uuid[]) AS wanted (collection, key, user_id)
        JOIN storage s ON s.collection = wanted.collection AND s.key = wanted.key AND s.user_id = wanted.user_id
        WHERE $4 OR s.read = 2 OR (s.read = 1 AND s.user_id = $5)
        """;

    /// <summary>Returns the objects that exist and may be read, in no particular order.</summary>
    /// <param name="ids">At least one.</param>
    /// <param name="readerId">The reading user; null for the server, which may read all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public ValueTask<StorageObjects> ReadAsync(IReadOnlyList<StorageId> ids, Guid? readerId, CancellationToken cancellationToken) =>
        database.RetryAsync((ids: WithoutRepeats(ids), readerId), static async (database, state, cancellationToken) =>
        {
            await using var command = ReadCommand(database, state.ids, state.readerId);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var objects = new StorageObjects();
            while (await row.ReadAsync(cancellationToken)) objects.Objects.Add(ReadObject(row));
            return objects;
        }, cancellationToken);

    /// <summary>Returns the objects that exist, in no particular order, with the exact times that indexes require.</summary>
    internal ValueTask<List<StorageRow>> ReadRowsAsync(IReadOnlyList<StorageId> ids, CancellationToken cancellationToken) =>
        database.RetryAsync(WithoutRepeats(ids), static async (database, ids, cancellationToken) =>
        {
            await using var command = ReadCommand(database, ids, readerId: null);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<StorageRow>(ids.Count);
            while (await row.ReadAsync(cancellationToken)) rows.Add(StorageRow.Read(row));
            return rows;
        }, cancellationToken);

    private static NpgsqlCommand ReadCommand(NpgsqlConnection connection, IReadOnlyList<StorageId> ids, Guid? readerId)
    {
        var command = connection.CreateCommand(ids.Count == 1 ? ReadOneSql : ReadManySql);
        AddIds(command.Parameters, ids);
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = readerId is null });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = readerId ?? Guid.Empty });
        return command;
    }

    private static void AddIds(NpgsqlParameterCollection parameters, IReadOnlyList<StorageId> ids)
    {
        if (ids.Count == 1)
        {
            parameters.AddText(ids[0].Collection);
            parameters.AddText(ids[0].Key);
            parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ids[0].OwnerId });
            return;
        }

        var (collections, keys, owners) = (new string[ids.Count], new string[ids.Count], new Guid[ids.Count]);
        for (var i = 0; i < ids.Count; i++) (collections[i], keys[i], owners[i]) = ids[i];
        parameters.AddTexts(collections);
        parameters.AddTexts(keys);
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = owners });
    }

    /// <summary>
    /// The reference server returns a repeated id twice, unless the ids differ in at most one of their three parts.
    /// </summary>
    private static IReadOnlyList<StorageId> WithoutRepeats(IReadOnlyList<StorageId> ids)
    {
        if (ids.Count < 2) return ids;
        var first = ids[0];
        bool collections = false, keys = false, owners = false;
        foreach (var id in ids)
        {
            collections |= id.Collection != first.Collection;
            keys |= id.Key != first.Key;
            owners |= id.OwnerId != first.OwnerId;
        }

        var differing = (collections ? 1 : 0) + (keys ? 1 : 0) + (owners ? 1 : 0);
        return differing >= 2 ? ids : [.. ids.Distinct()];
    }

    /// <summary>Reads <see cref="Columns"/>; times are whole seconds.</summary>
    internal static StorageObject ReadObject(NpgsqlDataReader row) => new()
    {
        Collection = row.GetString(0),
        Key = row.GetString(1),
        UserId = row.GetGuid(2).ToString(),
        Value = row.GetString(3),
        Version = row.GetString(4),
        PermissionRead = row.GetInt16(5),
        PermissionWrite = row.GetInt16(6),
        CreateTime = Seconds(row.GetDateTime(7)),
        UpdateTime = Seconds(row.GetDateTime(8)),
    };

    private static Timestamp Seconds(DateTime time) => new() { Seconds = new DateTimeOffset(time).ToUnixTimeSeconds() };
}
