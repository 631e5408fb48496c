using System.Text;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Storage;

/// <summary>Lists objects without their values for operators, who may see all of them.</summary>
public sealed class OperatorStorageSearch(NpgsqlDataSource database)
{
    /// <summary>The maximum number of objects in a page.</summary>
    public const int PageSize = 100;

    /// <summary>The maximum number of a user's objects in a page when only the user is given.</summary>
    public const int UserPageSize = 1000;

    private const int MaxCollections = 10_000;

    private const string Columns = "s.collection, s.read, s.key, s.user_id, s.version, s.write, s.create_time, s.update_time";

    private const string Select = $"SELECT {Columns} FROM storage s";

    // The names of collections from $1 on. Reads one entry of the index for each.
    private const string Names = """
        WITH RECURSIVE names (name) AS (
            (SELECT collection FROM storage WHERE collection >= $1 ORDER BY collection LIMIT 1)
            UNION ALL
            SELECT (SELECT s.collection FROM storage s WHERE s.collection > n.name ORDER BY s.collection LIMIT 1) FROM names n WHERE n.name IS NOT NULL)
        """;

    private const string CollectionsSql = $"{Names} SELECT name FROM names WHERE name IS NOT NULL LIMIT $2";

    // No index has all objects of a user in this order, but one has those of each collection. $2 is the user, $3 and $4 end the position.
    private const string OfUserSql = $"""
        {Names}
        SELECT {Columns} FROM names n CROSS JOIN LATERAL (
            {Select} WHERE s.collection = n.name AND s.user_id = $2 AND (s.collection, s.user_id, s.read, s.key) > ($1, $2, $3, $4)
            ORDER BY s.read, s.key LIMIT $5) s
        ORDER BY s.collection, s.read, s.key LIMIT $5
        """;

    /// <summary>A page of objects, and the position of its last one when there are more. Each combination of filters has its own order.</summary>
    public async ValueTask<(List<StorageListObject> Objects, StoragePosition? Last)> ListAsync(
        OperatorStorageFilter filter, StoragePosition? after, CancellationToken cancellationToken)
    {
        var limit = filter.IsUserOnly ? UserPageSize : PageSize;
        var objects = new List<StorageListObject>();
        while (true)
        {
            var rows = await ReadAsync(filter, after, limit + 1, cancellationToken);
            var isFound = false;
            foreach (var row in rows)
            {
                // The index sorts keys in the order of the database, in which others may stand between those with the prefix.
                if (filter.KeyPrefix is { } prefix && !row.Key.StartsWith(prefix, StringComparison.Ordinal)) continue;
                if (objects.Count == limit) return (objects, PositionOf(objects[^1]));
                objects.Add(row);
                isFound = true;
            }

            if (rows.Count <= limit || !isFound) return (objects, null);
            after = PositionOf(rows[^1]);
        }
    }

    /// <summary>The names of the collections, sorted.</summary>
    public ValueTask<List<string>> ListCollectionsAsync(CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(CollectionsSql);
            command.Parameters.AddText("");
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MaxCollections });
            await using var row = await command.ExecuteReaderAsync(token);
            var names = new List<string>();
            while (await row.ReadAsync(token)) names.Add(row.GetString(0));
            return names;
        }, cancellationToken);

    /// <inheritdoc cref="RowCounts.EstimateAsync"/>
    public ValueTask<int> CountAsync(CancellationToken cancellationToken) => database.EstimateAsync("storage", cancellationToken);

    private ValueTask<List<StorageListObject>> ReadAsync(OperatorStorageFilter filter, StoragePosition? after, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = CommandFor(connection, filter, after, limit);
            await using var row = await command.ExecuteReaderAsync(token);
            var objects = new List<StorageListObject>();
            while (await row.ReadAsync(token)) objects.Add(Read(row));
            return objects;
        }, cancellationToken);

    private static StoragePosition PositionOf(StorageListObject row) =>
        new(row.Collection, (short)row.PermissionRead, row.Key, Guid.Parse(row.UserId));

    private static NpgsqlCommand CommandFor(NpgsqlConnection connection, OperatorStorageFilter filter, StoragePosition? after, int limit)
    {
        var command = connection.CreateCommand();
        var parameters = command.Parameters;
        if (filter is { IsUserOnly: true, UserId: { } owner })
        {
            command.CommandText = OfUserSql;
            parameters.AddText(after?.Collection ?? "");
            parameters.Add(new NpgsqlParameter<Guid> { TypedValue = owner });
            parameters.Add(new NpgsqlParameter<short> { TypedValue = after?.Read ?? -1 });
            parameters.AddText(after?.Key ?? "");
            parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            return command;
        }

        var sql = new StringBuilder(Select);
        if (filter.Collection.Length > 0) Where("s.collection = ", TextParameters.Text(filter.Collection));
        if (filter.Key is { } key) Where("s.key = ", TextParameters.Text(key));
        // Where the keys with the prefix begin, and not LIKE, as a plan for any pattern would read the whole collection.
        if (filter.KeyPrefix is { Length: > 0 } prefix) Where("s.key >= ", TextParameters.Text(prefix));
        if (filter.UserId is { } userId) Where("s.user_id = ", new NpgsqlParameter<Guid> { TypedValue = userId });

        // The columns of an index, so that no page sorts.
        string[] order = filter switch
        {
            { Key: not null } or { KeyPrefix: not null } => ["s.collection", "s.key", "s.user_id"],
            { UserId: not null, Collection.Length: > 0 } => ["s.collection", "s.user_id", "s.read", "s.key"],
            _ => ["s.collection", "s.read", "s.key", "s.user_id"],
        };
        if (after is { } place)
        {
            sql.Append(parameters.Count == 0 ? " WHERE (" : " AND (").AppendJoin(", ", order).Append(") > (");
            for (var i = 0; i < order.Length; i++)
            {
                parameters.Add(ValueOf(order[i], place));
                sql.Append(i == 0 ? "$" : ", $").Append(parameters.Count);
            }

            sql.Append(')');
        }

        parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        sql.Append(" ORDER BY ").AppendJoin(", ", order).Append(" LIMIT $").Append(parameters.Count);
        command.CommandText = sql.ToString();
        return command;

        void Where(string condition, NpgsqlParameter value)
        {
            parameters.Add(value);
            sql.Append(parameters.Count == 1 ? " WHERE " : " AND ").Append(condition).Append('$').Append(parameters.Count);
        }
    }

    private static NpgsqlParameter ValueOf(string column, in StoragePosition place) => column switch
    {
        "s.collection" => TextParameters.Text(place.Collection),
        "s.key" => TextParameters.Text(place.Key),
        "s.read" => new NpgsqlParameter<short> { TypedValue = place.Read },
        _ => new NpgsqlParameter<Guid> { TypedValue = place.UserId },
    };

    private static StorageListObject Read(NpgsqlDataReader row) => new()
    {
        Collection = row.GetString(0),
        PermissionRead = row.GetInt16(1),
        Key = row.GetString(2),
        UserId = row.GetGuid(3).ToString(),
        Version = row.GetString(4),
        PermissionWrite = row.GetInt16(5),
        CreateTime = Timestamp.FromDateTime(row.GetDateTime(6)),
        UpdateTime = Timestamp.FromDateTime(row.GetDateTime(7)),
    };
}
