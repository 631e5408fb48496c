using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Notifications;

/// <summary>Lists the stored notifications of one user or of all users, by user and age, for operators.</summary>
public sealed class OperatorNotificationList(NpgsqlDataSource database)
{
    /// <summary>The maximum number of notifications in a page.</summary>
    public const int MaxPageSize = 1000;

    // $1 to $3 are the position, $4 the limit, $5 the user.
    private const string NextSql = $"SELECT {NotificationStore.Columns} FROM notification WHERE (user_id, create_time, id) > ($1, $2, $3)";

    private const string PreviousSql = $"SELECT {NotificationStore.Columns} FROM notification WHERE (user_id, create_time, id) < ($1, $2, $3)";

    private const string OfUser = " AND user_id = $5";

    private const string Up = " ORDER BY user_id, create_time, id LIMIT $4";

    private const string Down = " ORDER BY user_id DESC, create_time DESC, id DESC LIMIT $4";

    /// <summary>Notifications on one side of a position, the nearest first.</summary>
    public ValueTask<List<StoredNotification>> ListAsync(
        Guid? userId, NotificationPosition from, bool isNext, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            var sql = isNext ? NextSql : PreviousSql;
            await using var command = connection.CreateCommand(sql + (userId is null ? "" : OfUser) + (isNext ? Up : Down));
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = from.UserId });
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from.CreateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = from.Id });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            if (userId is { } id) command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            await using var row = await command.ExecuteReaderAsync(token);
            var found = new List<StoredNotification>();
            while (await row.ReadAsync(token)) found.Add(NotificationStore.Read(row));
            return found;
        }, cancellationToken);
}
