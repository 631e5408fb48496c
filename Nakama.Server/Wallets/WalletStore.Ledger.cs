using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Wallets;

public sealed partial class WalletStore
{
    private const string Columns = "id, user_id, changeset, metadata, create_time, update_time";

    // $1 is the owner, $2 and $3 the time range, $4 and $5 the position of the cursor, $6 the limit.
    private const string ListSql = $"""
        SELECT {Columns} FROM wallet_ledger
        WHERE user_id = $1 AND create_time >= $2 AND create_time <= $3 AND (user_id, create_time, id) < ($1, $4, $5)
        ORDER BY create_time DESC, id DESC LIMIT $6
        """;

    private const string ListBackSql = $"""
        SELECT {Columns} FROM wallet_ledger
        WHERE user_id = $1 AND create_time >= $2 AND create_time <= $3 AND (user_id, create_time, id) > ($1, $4, $5)
        ORDER BY create_time, id LIMIT $6
        """;

    private const string AnnotateSql = $"""
        UPDATE wallet_ledger SET metadata = metadata || $2, update_time = now() WHERE id = $1 RETURNING {Columns}
        """;

    private const string DeleteSql = "DELETE FROM wallet_ledger WHERE id = $2 AND user_id = $1";

    /// <summary>A page of a user's ledger, newest first.</summary>
    /// <exception cref="Errors.ApiException">The cursor is invalid, or belongs to another list.</exception>
    public async ValueTask<WalletLedgerPage> ListLedgerAsync(WalletLedgerQuery query, CancellationToken cancellationToken)
    {
        var start = WalletLedgerCursor.Start(query);
        var cursor = query.Cursor.Length == 0 ? start : WalletLedgerCursor.Parse(query.Cursor);
        if (cursor is null || !cursor.BelongsTo(query)) throw WalletErrors.Cursor;

        var rows = await database.RetryAsync((query, cursor), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(state.cursor.IsNext ? ListSql : ListBackSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.query.UserId });
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = state.query.After ?? DatabaseTime.Epoch });
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = state.query.Before ?? DatabaseTime.Latest });
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = state.cursor.CreateTime });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.cursor.Id });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = state.query.Limit + 1 });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<WalletLedgerItem>();
            while (await row.ReadAsync(cancellationToken)) rows.Add(ReadItem(row));
            return rows;
        }, cancellationToken);

        var page = TwoWayPage.Cut(rows, query.Limit, cursor.IsNext, query.Cursor.Length > 0);
        // An empty page still has a cursor to the start of the list, as on the reference server.
        var next = page.Items.Count == 0 ? start : start.At(page.Items[^1], isNext: true);
        return new(
            page.Items,
            page.HasNext ? next.ToString() : "",
            page.HasPrevious ? start.At(page.Items[0], isNext: false).ToString() : "");
    }

    /// <summary>Merges metadata into that of an entry; a new value replaces the one of the same top-level name.</summary>
    /// <param name="itemId">The entry.</param>
    /// <param name="metadata">A JSON object.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The entry as it is now.</returns>
    /// <exception cref="Errors.ApiException">There is no such entry.</exception>
    public ValueTask<WalletLedgerItem> UpdateLedgerAsync(Guid itemId, string metadata, CancellationToken cancellationToken) =>
        database.RetryAsync((itemId, metadata), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(AnnotateSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.itemId });
            command.Parameters.AddJsonb(state.metadata);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken) ? ReadItem(row) : throw WalletErrors.LedgerItemNotFound;
        }, cancellationToken);

    /// <summary>Deletes an entry; the wallet stays unchanged. Does nothing when there is no such entry.</summary>
    public async ValueTask DeleteLedgerAsync(Guid userId, Guid itemId, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        await database.InTransactionAsync(recorder, (connection, token) => DeleteLedgerAsync(connection, userId, itemId, token), cancellationToken);

    internal static async ValueTask DeleteLedgerAsync(NpgsqlConnection connection, Guid userId, Guid itemId, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(DeleteSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = itemId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static WalletLedgerItem ReadItem(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetDateTime(4), row.GetDateTime(5));
}
