using Nakama.Server.Database;
using Nakama.Server.Search.Text;
using Nakama.Server.Security;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Groups;

/// <summary>The groups of the operators' full-text index, disabled ones too: found by name, and by the words of their descriptions and metadata.</summary>
internal sealed class GroupTextSource(NpgsqlDataSource database) : ITextSource
{
    public const string KindName = "group";

    private const string Select = "SELECT g.id, g.update_time, g.name, g.description, left(g.metadata::text, 4096) FROM groups g";

    private const int MaxSubtitle = 120;

    private const string PageSql = $"{Select} WHERE g.id > $1 ORDER BY g.id LIMIT $2";

    private const string ChangedSql = "SELECT id, update_time FROM groups WHERE (update_time, id) > ($1, $2) ORDER BY update_time, id LIMIT $3";

    private const string ReadSql = $"{Select} WHERE g.id = ANY($1)";

    private const string FindSql = $"{Select} WHERE g.name = $1 OR g.id = $2";

    public string Kind => KindName;

    public string Format => "1";

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
            return await ReadAsync(command, token);
        }, cancellationToken);

    private static Guid IdOf(string id) => id.Length == 0 ? Guid.Empty : Guid.Parse(id);

    private static async ValueTask<List<TextRow>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<TextRow>();
        while (await row.ReadAsync(cancellationToken)) rows.Add(Read(row));
        return rows;
    }

    private static TextRow Read(NpgsqlDataReader row)
    {
        var (id, name) = (row.GetGuid(0).ToString(), row.GetString(2));
        var description = row.IsDBNull(3) ? "" : row.GetString(3);
        return new TextRow(
            id, row.GetDateTime(1), name, Shortened(description), [name], [id], $"{description}\n{JsonWords.Of(row.GetString(4))}");
    }

    private static string Shortened(string text)
    {
        if (text.Length <= MaxSubtitle) return text;
        return text[..(char.IsHighSurrogate(text[MaxSubtitle - 1]) ? MaxSubtitle - 1 : MaxSubtitle)] + "…";
    }
}
