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

    private const string Select = """
        SELECT s.collection, s.read, s.key, s.user_id, s.version, s.write, s.create_time, s.update_time FROM storage s
        """;

    // Reads one entry of the index for each name.
    private const string CollectionsSql = """
        WITH RECURSIVE names (name) AS (
            (SELECT collection FROM storage ORDER BY collection LIMIT 1)
            UNION ALL
            SELECT (SELECT s.collection FROM storage s WHERE s.collection > n.name ORDER BY s.collection LIMIT 1) FROM names n WHERE n.name IS NOT NULL)
        SELECT name FROM names WHERE name IS NOT NULL LIMIT $1
        """;

    /// <summary>A page of objects, and the position of its last one when there are more. Each combination of filters has its own order.</summary>
    public ValueTask<(List<StorageListObject> Objects, StoragePosition? Last)> ListAsync(
        OperatorStorageFilter filter, StoragePosition? after, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            var limit = filter.IsUserOnly ? UserPageSize : PageSize;
            await using var command = CommandFor(connection, filter, after, limit + 1);
            await using var row = await command.ExecuteReaderAsync(token);
            var objects = new List<StorageListObject>();
            StoragePosition? last = null;
            while (await row.ReadAsync(token))
            {
                if (objects.Count == limit) return (objects, last);
                objects.Add(Read(row));
                last = new StoragePosition(row.GetString(0), row.GetInt16(1), row.GetString(2), row.GetGuid(3));
            }

            return (objects, null);
        }, cancellationToken);

    /// <summary>The names of the collections, sorted.</summary>
    public ValueTask<List<string>> ListCollectionsAsync(CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(CollectionsSql);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MaxCollections });
            await using var row = await command.ExecuteReaderAsync(token);
            var names = new List<string>();
            while (await row.ReadAsync(token)) names.Add(row.GetString(0));
            return names;
        }, cancellationToken);

    /// <inheritdoc cref="RowCounts.EstimateAsync"/>
    public ValueTask<int> CountAsync(CancellationToken cancellationToken) => database.EstimateAsync("storage", cancellationToken);

    private static NpgsqlCommand CommandFor(NpgsqlConnection connection, OperatorStorageFilter filter, StoragePosition? after, int limit)
    {
        var command = connection.CreateCommand();
        var parameters = command.Parameters;
        var sql = new StringBuilder(Select);
        if (filter.Collection.Length > 0) Where("s.collection = ", TextParameters.Text(filter.Collection));
        if (filter.Key is { } key) Where("s.key = ", TextParameters.Text(key));
        if (filter.KeyPrefix is { Length: > 0 } prefix) Where("s.key LIKE ", TextParameters.Text(LikePattern.Escape(prefix) + "%"));
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
