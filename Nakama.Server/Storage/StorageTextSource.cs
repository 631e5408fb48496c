using Nakama.Server.Database;
using Nakama.Server.Search.Text;
using Npgsql;

namespace Nakama.Server.Storage;

/// <summary>
/// The storage objects of the operators' full-text index: found by collection, key and owner, and by the words in the first part of
/// the value. An id is the collection, the key and the owner, each escaped, with slashes between.
/// </summary>
internal sealed class StorageTextSource(NpgsqlDataSource database) : ITextSource
{
    public const string KindName = "object";

    private const string Columns = "s.collection, s.key, s.user_id, s.update_time, left(s.value::text, 8192)";

    private const string PageSql = $"""
        SELECT {Columns} FROM storage s WHERE (s.collection, s.key, s.user_id) > ($1, $2, $3)
        ORDER BY s.collection, s.key, s.user_id LIMIT $4
        """;

    private const string ChangedSql = """
        SELECT collection, key, user_id, update_time FROM storage
        WHERE (update_time, collection, key, user_id) > ($1, $2, $3, $4) ORDER BY update_time, collection, key, user_id LIMIT $5
        """;

    private const string ReadSql = $"""
        SELECT {Columns} FROM unnest($1::text[], $2::text[], $3::uuid[]) AS wanted (collection, key, user_id)
        JOIN storage s ON s.collection = wanted.collection AND s.key = wanted.key AND s.user_id = wanted.user_id
        """;

    public string Kind => KindName;

    public string Format => "1";

    public bool IsReported => true;

    /// <summary>The id of an object in the index.</summary>
    public static string IdOf(StorageId id) => $"{Uri.EscapeDataString(id.Collection)}/{Uri.EscapeDataString(id.Key)}/{id.OwnerId}";

    public ValueTask<List<TextRow>> ReadPageAsync(string after, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(PageSql);
            AddId(command.Parameters, Parse(after));
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            return await ReadAsync(command, token);
        }, cancellationToken);

    public ValueTask<List<RowVersion>> ListChangedAsync(RowVersion after, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(ChangedSql);
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = after.UpdatedAt });
            AddId(command.Parameters, Parse(after.Id));
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            await using var row = await command.ExecuteReaderAsync(token);
            var changed = new List<RowVersion>();
            while (await row.ReadAsync(token)) changed.Add(new(row.GetDateTime(3), IdOf(new(row.GetString(0), row.GetString(1), row.GetGuid(2)))));
            return changed;
        }, cancellationToken);

    public ValueTask<List<TextRow>> ReadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            StorageId[] wanted = [.. ids.Select(Parse)];
            await using var command = connection.CreateCommand(ReadSql);
            command.Parameters.AddTexts(Array.ConvertAll(wanted, static id => id.Collection));
            command.Parameters.AddTexts(Array.ConvertAll(wanted, static id => id.Key));
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Array.ConvertAll(wanted, static id => id.OwnerId) });
            return await ReadAsync(command, token);
        }, cancellationToken);

    /// <summary>Nothing: without a collection no key is found but by scanning.</summary>
    public ValueTask<List<TextRow>> FindAsync(string text, CancellationToken cancellationToken) => new([]);

    /// <summary>The object with an id; that before all others for the empty id.</summary>
    private static StorageId Parse(string id)
    {
        if (id.Length == 0) return new StorageId("", "", Guid.Empty);
        var parts = id.Split('/');
        return new StorageId(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1]), Guid.Parse(parts[2]));
    }

    private static void AddId(NpgsqlParameterCollection parameters, StorageId id)
    {
        parameters.AddText(id.Collection).AddText(id.Key);
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.OwnerId });
    }

    private static async ValueTask<List<TextRow>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<TextRow>();
        while (await row.ReadAsync(cancellationToken)) rows.Add(Read(row));
        return rows;
    }

    private static TextRow Read(NpgsqlDataReader row)
    {
        var id = new StorageId(row.GetString(0), row.GetString(1), row.GetGuid(2));
        return new TextRow(
            IdOf(id), row.GetDateTime(3), id.Key, id.OwnerId == Guid.Empty ? id.Collection : $"{id.Collection}, {id.OwnerId}", [id.Key, id.Collection],
            [id.OwnerId.ToString()], JsonWords.Of(row.GetString(4)))
        {
            Owner = id.OwnerId.ToString(),
        };
    }
}
