using Nakama.Server.Database;
using Nakama.Server.Search.Text;
using Nakama.Server.Security;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Accounts;

/// <summary>
/// The players of the operators' full-text index: found by names, email address, custom id and provider ids, and by the words of
/// their metadata. A device id is found by the database only.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="withDisplayNames">Whether display names are found.</param>
internal sealed class AccountTextSource(NpgsqlDataSource database, bool withDisplayNames) : ITextSource
{
    public const string KindName = "player";

    private const string Select = """
        SELECT u.id, u.update_time, u.username, u.display_name, left(u.metadata::text, 4096), u.email, u.custom_id, u.facebook_id,
            u.google_id, u.gamecenter_id, u.steam_id, u.apple_id, u.facebook_instant_game_id FROM users u
        """;

    private const int FirstId = 5;
    private const int ColumnCount = 13;
    private const int MaxFound = 16;

    // The system user has the lowest id, and is none of the players.
    private const string PageSql = $"{Select} WHERE u.id > $1 ORDER BY u.id LIMIT $2";

    private const string ChangedSql = """
        SELECT id, update_time FROM users WHERE (update_time, id) > ($1, $2) AND id <> '00000000-0000-0000-0000-000000000000'
        ORDER BY update_time, id LIMIT $3
        """;

    private const string ReadSql = $"{Select} WHERE u.id = ANY($1)";

    // With an array, as IN does not use the indexes of the other columns.
    private const string FindSql = $"""
        {Select} WHERE (u.username = $1 OR u.facebook_id = $1 OR u.google_id = $1 OR u.gamecenter_id = $1 OR u.steam_id = $1
            OR u.custom_id = $1 OR u.facebook_instant_game_id = $1 OR u.apple_id = $1 OR u.email = $1 OR u.id = $2
            OR u.id = ANY(ARRAY(SELECT d.user_id FROM user_device d WHERE d.id = $1))) AND u.id <> '00000000-0000-0000-0000-000000000000'
        LIMIT $3
        """;

    public string Kind => KindName;

    public string Format => withDisplayNames ? "1" : "1 without display names";

    public bool IsReported => false;

    public ValueTask<List<TextRow>> ReadPageAsync(string after, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(PageSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = IdOf(after) });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            return await ReadAsync(command, token);
        }, cancellationToken);

    public ValueTask<List<RowVersion>> ListChangedAsync(RowVersion after, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(ChangedSql);
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = after.UpdatedAt });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = IdOf(after.Id) });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            await using var row = await command.ExecuteReaderAsync(token);
            var changed = new List<RowVersion>();
            while (await row.ReadAsync(token)) changed.Add(new(row.GetDateTime(1), row.GetGuid(0).ToString()));
            return changed;
        }, cancellationToken);

    public ValueTask<List<TextRow>> ReadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(ReadSql);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(Guid.Parse)] });
            return await ReadAsync(command, token);
        }, cancellationToken);

    public ValueTask<List<TextRow>> FindAsync(string text, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(FindSql);
            command.Parameters.AddText(text);
            command.Parameters.Add(UuidText.TryParse(text, out var id)
                ? new NpgsqlParameter<Guid> { TypedValue = id }
                : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MaxFound });
            return await ReadAsync(command, token);
        }, cancellationToken);

    private static Guid IdOf(string id) => id.Length == 0 ? Guid.Empty : Guid.Parse(id);

    private async ValueTask<List<TextRow>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<TextRow>();
        while (await row.ReadAsync(cancellationToken)) rows.Add(Read(row));
        return rows;
    }

    private TextRow Read(NpgsqlDataReader row)
    {
        var (id, username) = (row.GetGuid(0).ToString(), row.GetString(2));
        var displayName = row.IsDBNull(3) ? "" : row.GetString(3);
        var ids = new List<string> { id };
        for (var i = FirstId; i < ColumnCount; i++)
        {
            if (!row.IsDBNull(i)) ids.Add(row.GetString(i));
        }

        return new TextRow(
            id, row.GetDateTime(1), username, displayName, withDisplayNames && displayName.Length > 0 ? [username, displayName] : [username], ids,
            JsonWords.Of(row.GetString(4)));
    }
}
