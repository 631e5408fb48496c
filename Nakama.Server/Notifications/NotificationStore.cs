using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Notifications;

/// <summary>The stored notifications.</summary>
public sealed class NotificationStore(NpgsqlDataSource database)
{
    internal const string Columns = "id, user_id, subject, content, code, sender_id, create_time";

    // Locked, so that an account that is being deleted either still exists for the foreign key or is left out.
    private const string InsertSql = """
        INSERT INTO notification (id, user_id, subject, content, code, sender_id)
        SELECT n.id, n.user_id, n.subject, n.content::JSONB, n.code::SMALLINT, n.sender_id
        FROM unnest($1, $2, $3, $4, $5, $6) AS n (id, user_id, subject, content, code, sender_id)
        JOIN users u ON u.id = n.user_id
        FOR KEY SHARE OF u
        """;

    private const string ListSql = $"""
        SELECT {Columns}
        FROM notification
        WHERE user_id = $1 AND (create_time, id) > ($2, $3)
        ORDER BY create_time, id
        LIMIT $4
        """;

    private const string GetSql = $"SELECT {Columns} FROM notification WHERE id = ANY($1)";

    private const string OfUser = " AND user_id = $2";

    private const string DeleteSql = "DELETE FROM notification WHERE id = ANY($1)";

    private const string UpdateSql = """
        UPDATE notification SET
            content = COALESCE($2, content), subject = COALESCE($3, subject), sender_id = COALESCE($4, sender_id)
        WHERE id = $1
        """;

    private const string ReceiversSql = "SELECT id FROM users WHERE id >= $1 ORDER BY id LIMIT $2";

    /// <summary>
    /// Stores all of them in one statement and returns the count. Those for users that do not exist are skipped.
    /// </summary>
    public async ValueTask<int> InsertAsync(IReadOnlyList<NotificationRequest> drafts, CancellationToken cancellationToken)
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

        return await database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(InsertSql);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = userIds });
            command.Parameters.AddTexts(subjects);
            command.Parameters.AddJsonTexts(contents);
            command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = codes });
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = senderIds });
            return await command.ExecuteNonQueryAsync(token);
        }, cancellationToken);
    }

    /// <summary>A user's notifications after a position, oldest first.</summary>
    public ValueTask<List<StoredNotification>> ListAsync(
        Guid userId, NotificationCursor after, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync((userId, after, limit), static async (connection, query, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(ListSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = query.userId });
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = query.after.CreateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = query.after.Id });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.limit });
            return await ReadAsync(command, cancellationToken);
        }, cancellationToken);

    /// <summary>Notifications by their ids, in no particular order; with a user, only that user's.</summary>
    public ValueTask<List<StoredNotification>> GetAsync(Guid[] ids, Guid? userId, CancellationToken cancellationToken) =>
        database.RetryAsync((ids, userId), static async (connection, query, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(query.userId is null ? GetSql : GetSql + OfUser);
            AddIds(command.Parameters, query.ids, query.userId);
            return await ReadAsync(command, cancellationToken);
        }, cancellationToken);

    /// <summary>Deletes notifications by their ids; with a user, only that user's. Unknown ids are ignored.</summary>
    public async ValueTask DeleteAsync(Guid[] ids, Guid? userId, CancellationToken cancellationToken) =>
        await database.RetryAsync((ids, userId), static async (connection, query, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(query.userId is null ? DeleteSql : DeleteSql + OfUser);
            AddIds(command.Parameters, query.ids, query.userId);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    /// <summary>Makes all changes or none; unknown ids are skipped.</summary>
    public ValueTask UpdateAsync(IReadOnlyList<NotificationChange> changes, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (connection, token) =>
            {
                await using var batch = connection.CreateBatch();
                // Always in the same order, so that concurrent changes of the same rows do not deadlock.
                foreach (var change in changes.OrderBy(static change => change.Id))
                {
                    var parameters = batch.Add(UpdateSql).Parameters;
                    parameters.Add(new NpgsqlParameter<Guid> { TypedValue = change.Id });
                    parameters.AddJsonb(change.Content);
                    parameters.AddText(change.Subject);
                    parameters.Add(new NpgsqlParameter { Value = (object?)change.SenderId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
                }
                await batch.RunAsync(token);
            },
            cancellationToken);

    /// <summary>Users from an id on, in the order of their ids: all that can be notified, including the system user.</summary>
    internal ValueTask<List<Guid>> ListReceiversAsync(Guid from, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync((from, limit), static async (connection, query, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(ReceiversSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = query.from });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.limit });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            List<Guid> found = [];
            while (await reader.ReadAsync(cancellationToken)) found.Add(reader.GetGuid(0));
            return found;
        }, cancellationToken);

    private static void AddIds(NpgsqlParameterCollection parameters, Guid[] ids, Guid? userId)
    {
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        if (userId is { } owner) parameters.Add(new NpgsqlParameter<Guid> { TypedValue = owner });
    }

    private static async ValueTask<List<StoredNotification>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<StoredNotification> found = [];
        while (await reader.ReadAsync(cancellationToken)) found.Add(Read(reader));
        return found;
    }

    /// <summary>Reads <see cref="Columns"/>.</summary>
    internal static StoredNotification Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetInt16(4), reader.GetGuid(5), reader.GetDateTime(6));
}
