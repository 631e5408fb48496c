using Nakama.Server.Database;
using Nakama.Server.Presence;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Chat;

/// <summary>The history of channels.</summary>
public sealed class MessageStore(NpgsqlDataSource database)
{
    private const string InsertSql = """
        INSERT INTO message
            (id, code, sender_id, username, stream_mode, stream_subject, stream_descriptor, stream_label, content, create_time, update_time)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    private const string UpdateSql = """
        UPDATE message SET update_time = $3, username = $4, content = $5
        WHERE id = $1 AND sender_id = $2
        RETURNING create_time
        """;

    private const string RemoveSql = """
        DELETE FROM message WHERE id = $1 AND sender_id = $2 RETURNING create_time, update_time
        """;

    private const string ListAfterSql = """
        SELECT id, code, sender_id, username, content, create_time, update_time
        FROM message
        WHERE stream_mode = $1 AND stream_subject = $2 AND stream_descriptor = $3 AND stream_label = $4
          AND (create_time, id) > ($5, $6)
        ORDER BY create_time, id
        LIMIT $7
        """;

    private const string ListBeforeSql = """
        SELECT id, code, sender_id, username, content, create_time, update_time
        FROM message
        WHERE stream_mode = $1 AND stream_subject = $2 AND stream_descriptor = $3 AND stream_label = $4
          AND (create_time, id) < ($5, $6)
        ORDER BY create_time DESC, id DESC
        LIMIT $7
        """;

    private const string DeleteSql = "DELETE FROM message WHERE id = ANY($1)";

    private const string DeleteBeforeSql = "DELETE FROM message WHERE id = ANY($1) OR create_time < $2";

    public async ValueTask InsertAsync(ChannelId channel, StoredMessage message, CancellationToken cancellationToken) =>
        await database.RetryAsync((channel, message), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(InsertSql);
            AddRow(command.Parameters, state.channel.Stream, state.message);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    /// <summary>Inserts messages as part of a transaction.</summary>
    public static async ValueTask InsertAsync(
        NpgsqlConnection connection, IEnumerable<(ChannelId Channel, StoredMessage Message)> messages, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        foreach (var (channel, message) in messages)
        {
            var command = new NpgsqlBatchCommand(InsertSql);
            AddRow(command.Parameters, channel.Stream, message);
            batch.BatchCommands.Add(command);
        }
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Changes a message of this sender and returns its creation time; null when there is none.</summary>
    public ValueTask<DateTime?> UpdateAsync(
        Guid id, Guid senderId, string username, string content, DateTime updateTime, CancellationToken cancellationToken) =>
        database.RetryAsync((id, senderId, username, content, updateTime), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(UpdateSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.id });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.senderId });
            command.Parameters.Add(Instant(state.updateTime));
            command.Parameters.AddText(state.username);
            command.Parameters.AddJsonb(state.content);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? reader.GetDateTime(0) : (DateTime?)null;
        }, cancellationToken);

    /// <summary>Deletes a message of this sender and returns its creation and update times; null when there is none.</summary>
    public async ValueTask<(DateTime CreateTime, DateTime UpdateTime)?> RemoveAsync(
        Guid id, Guid senderId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(RemoveSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = senderId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetDateTime(0), reader.GetDateTime(1)) : null;
    }

    /// <summary>Deletes messages by their ids, and those that are older than a time, of all channels; returns their number.</summary>
    public ValueTask<int> DeleteAsync(Guid[] ids, DateTime? before, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(before is null ? DeleteSql : DeleteBeforeSql);
            // A whole history may take longer than the driver waits by default; the caller's token still ends the statement.
            command.CommandTimeout = 0;
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
            if (before is { } time) command.Parameters.Add(Instant(time));
            return await command.ExecuteNonQueryAsync(token);
        }, cancellationToken);

    /// <summary>Messages of a channel on one side of a position, the nearest first.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="place">The exclusive start; null for the very beginning or end.</param>
    /// <param name="isForward">Towards newer messages.</param>
    /// <param name="limit">The maximum number of messages.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async ValueTask<List<StoredMessage>> ListAsync(
        ChannelId channel, MessagePlace? place, bool isForward, int limit, CancellationToken cancellationToken)
    {
        var from = place ?? (isForward ? MessagePlace.First : MessagePlace.Last);
        return await database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(isForward ? ListAfterSql : ListBeforeSql);
            AddStream(command.Parameters, channel.Stream);
            command.Parameters.Add(Instant(from.CreateTime));
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = from.Id });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            await using var reader = await command.ExecuteReaderAsync(token);
            List<StoredMessage> found = [];
            while (await reader.ReadAsync(token))
            {
                found.Add(new StoredMessage(
                    reader.GetGuid(0), reader.GetInt16(1), reader.GetGuid(2), reader.GetString(3), reader.GetString(4),
                    reader.GetDateTime(5), reader.GetDateTime(6)));
            }
            return found;
        }, cancellationToken);
    }

    private static void AddRow(NpgsqlParameterCollection parameters, in StreamId stream, StoredMessage message)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = message.Id });
        parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)message.Code });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = message.SenderId });
        parameters.AddText(message.Username);
        AddStream(parameters, stream);
        parameters.AddJsonb(message.Content);
        parameters.Add(Instant(message.CreateTime));
        parameters.Add(Instant(message.UpdateTime));
    }

    private static void AddStream(NpgsqlParameterCollection parameters, in StreamId stream)
    {
        parameters.Add(new NpgsqlParameter<short> { TypedValue = stream.Mode });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = stream.Subject });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = stream.Subcontext });
        parameters.AddText(stream.Label);
    }

    private static NpgsqlParameter<DateTime> Instant(DateTime value) =>
        new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
