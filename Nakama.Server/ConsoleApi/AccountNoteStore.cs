using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.ConsoleApi;

/// <summary>The notes of operators on accounts, in <c>users_notes</c>.</summary>
internal sealed class AccountNoteStore(NpgsqlDataSource database, TimeProvider time)
{
    private const string Columns = """
        n.id, n.user_id, n.note, n.create_time, n.update_time, n.create_id, n.update_id, coalesce(c.username, ''), coalesce(u.username, '')
        """;

    private const string Operators = "LEFT JOIN console_user c ON c.id = n.create_id LEFT JOIN console_user u ON u.id = n.update_id";

    private const string SaveSql = $"""
        WITH n AS (
            INSERT INTO users_notes AS t (id, user_id, note, create_id, update_id, create_time, update_time)
            VALUES ($1, $2, $3, $4, $4, $5, $5)
            ON CONFLICT (id) DO UPDATE SET note = excluded.note, update_id = excluded.update_id, update_time = excluded.update_time
            RETURNING t.*)
        SELECT {Columns} FROM n {Operators}
        """;

    private const string ListSql = $"""
        SELECT {Columns} FROM users_notes n {Operators}
        WHERE n.user_id = $1 AND (n.create_time, n.id) < ($2, $3)
        ORDER BY n.create_time DESC, n.id DESC LIMIT $4
        """;

    private const string DeleteSql = "DELETE FROM users_notes WHERE id = $1";

    /// <summary>Writes a note, or overwrites the text of the one with this id, which stays with its account.</summary>
    public ValueTask<AccountNote> SaveAsync(Guid id, Guid userId, string note, Guid operatorId, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(SaveSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
            command.Parameters.AddText(note);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = operatorId });
            command.Parameters.Add(Instant(time.GetUtcNow().UtcDateTime));
            await using var row = await command.ExecuteReaderAsync(token);
            await row.ReadAsync(token);
            return Read(row).Note;
        }, cancellationToken);

    /// <summary>The notes on an account, newest first, each with the position that follows it.</summary>
    public ValueTask<List<(AccountNote Note, NotePosition Position)>> ListAsync(Guid userId, NotePosition from, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(ListSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
            command.Parameters.Add(Instant(from.CreatedAt));
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = from.Id });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            await using var row = await command.ExecuteReaderAsync(token);
            var notes = new List<(AccountNote, NotePosition)>();
            while (await row.ReadAsync(token)) notes.Add(Read(row));
            return notes;
        }, cancellationToken);

    /// <summary>Deletes a note, if it exists.</summary>
    public async ValueTask DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        await database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(DeleteSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            return await command.ExecuteNonQueryAsync(token);
        }, cancellationToken);

    private static (AccountNote Note, NotePosition Position) Read(NpgsqlDataReader row)
    {
        var (id, createdAt) = (row.GetGuid(0), row.GetDateTime(3));
        var note = new AccountNote
        {
            Id = id.ToString(),
            UserId = row.GetGuid(1).ToString(),
            Note = row.GetString(2),
            CreateTime = Timestamp.FromDateTime(createdAt),
            UpdateTime = Timestamp.FromDateTime(row.GetDateTime(4)),
            CreateId = IdAt(row, 5),
            UpdateId = IdAt(row, 6),
            CreateUsername = row.GetString(7),
            UpdateUsername = row.GetString(8),
        };
        return (note, new NotePosition(createdAt, id));
    }

    private static string IdAt(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetGuid(column).ToString();

    private static NpgsqlParameter<DateTime> Instant(DateTime value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
