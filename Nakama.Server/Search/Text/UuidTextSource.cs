using Nakama.Server.Database;
using Nakama.Server.Security;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Search.Text;

/// <summary>Rows whose key is one UUID, read with the statements of the feature that owns them.</summary>
public abstract class UuidTextSource(NpgsqlDataSource database) : ITextSource
{
    public abstract string Kind { get; }

    public abstract string Format { get; }

    public bool IsReported => false;

    /// <summary>Selects what <see cref="Read"/> needs: after the id $1, at most $2 rows, in the order of ids.</summary>
    protected abstract string PageSql { get; }

    /// <summary>Selects id and time of at most $3 rows after the time $1 and the id $2, in this order.</summary>
    protected abstract string ChangedSql { get; }

    /// <summary>Selects what <see cref="Read"/> needs of the ids $1.</summary>
    protected abstract string ReadSql { get; }

    /// <summary>Selects what <see cref="Read"/> needs of the few rows with the text $1 or the id $2, which may be null.</summary>
    protected abstract string FindSql { get; }

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

    protected abstract TextRow Read(NpgsqlDataReader row);

    private static Guid IdOf(string id) => id.Length == 0 ? Guid.Empty : Guid.Parse(id);

    private async ValueTask<List<TextRow>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<TextRow>();
        while (await row.ReadAsync(cancellationToken)) rows.Add(Read(row));
        return rows;
    }
}
