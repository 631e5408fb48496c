using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Notifications;

/// <summary>The stored notifications.</summary>
public sealed class NotificationStore(NpgsqlDataSource database)
{
    private const string InsertSql = """
        INSERT INTO notification (id, user_id, subject, content, code, sender_id)
        SELECT n.id, n.user_id, n.subject, n.content::JSONB, n.code::SMALLINT, n.sender_id
        FROM unnest($1, $2, $3, $4, $5, $6) AS n (id, user_id, subject, content, code, sender_id)
        WHERE EXISTS (SELECT 1 FROM users WHERE users.id = n.user_id)
        """;

    private const string ListSql = """
        SELECT id, subject, content, code, sender_id, create_time
        FROM notification
        WHERE user_id = $1 AND (create_time, id) > ($2, $3)
        ORDER BY create_time, id
        LIMIT $4
        """;

    private const string DeleteSql = """
        DELETE FROM notification WHERE user_id = $1 AND id = ANY($2)
        """;

    /// <summary>Stores all of them in one statement. Those for users who do not exist are left out.</summary>
    public async ValueTask InsertAsync(IReadOnlyList<NotificationDraft> drafts, CancellationToken cancellationToken)
    {
        var ids = new Guid[drafts.Count];
        var userIds = new Guid[drafts.Count];
        var subjects = new string[drafts.Count];
        var contents = new string[drafts.Count];
        var codes = new int[drafts.Count];
        var senderIds = new Guid[drafts.Count];
        for (var i = 0; i < drafts.Count; i++)
        {
            var draft = drafts[i];
            (ids[i], userIds[i], subjects[i]) = (draft.Id, draft.UserId, draft.Subject);
            (contents[i], codes[i], senderIds[i]) = (draft.Content, draft.Code, draft.SenderId);
        }

        await database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(InsertSql);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = userIds });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = subjects });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = contents });
            command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = codes });
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = senderIds });
            return await command.ExecuteNonQueryAsync(token);
        }, cancellationToken);
    }

    /// <summary>A user's notifications after a place, oldest first.</summary>
    public async ValueTask<List<StoredNotification>> ListAsync(
        Guid userId, NotificationCursor after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ListSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = after.CreateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = after.Id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<StoredNotification> found = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new StoredNotification(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetInt16(3), reader.GetGuid(4), reader.GetDateTime(5)));
        }
        return found;
    }

    /// <summary>Deletes a user's own notifications; others and unknown ones stay as they are.</summary>
    public async ValueTask DeleteAsync(Guid userId, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DeleteSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
