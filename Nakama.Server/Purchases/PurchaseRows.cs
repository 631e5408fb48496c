using Nakama.Server.Database;
using Nakama.Server.Errors;
using Npgsql;

namespace Nakama.Server.Purchases;

/// <summary>
/// Reads the rows of purchases or of subscriptions, whose tables differ only in their columns: single ones, and pages of
/// them, newest first, in both directions.
/// </summary>
/// <param name="database">The database of the table.</param>
/// <param name="table">The name of the table, with <c>purchase_time</c> and <c>user_id</c>.</param>
/// <param name="idColumn">The column that identifies a row.</param>
/// <param name="columns">The columns to read; the id and the owner come first.</param>
/// <param name="read">Creates an item from those columns.</param>
/// <param name="place">The id and the time of an item.</param>
/// <param name="badCursor">The error for a cursor that is invalid or belongs to another list.</param>
internal sealed class PurchaseRows<T>(
    NpgsqlDataSource database, string table, string idColumn, string columns, Func<NpgsqlDataReader, T> read,
    Func<T, (string Id, DateTime Time)> place, Func<ApiException> badCursor)
    where T : class
{
    private const string OldestFirst = " ORDER BY purchase_time, user_id, ";
    private const string NewestFirst = " ORDER BY purchase_time DESC, user_id DESC, ";

    // Without a user the condition is left out, as a database that plans for all values would not search the index for it.
    private readonly PageStatements _all = new(table, idColumn, columns, "");
    private readonly PageStatements _ofUser = new(table, idColumn, columns, " AND user_id = $4");

    /// <summary>A page of rows with the cursors of the adjacent pages, each empty when there is none.</summary>
    /// <exception cref="ApiException">The cursor is invalid, or belongs to another list.</exception>
    public async ValueTask<(IReadOnlyList<T> Items, string Next, string Previous)> ListAsync(PurchaseQuery query, CancellationToken cancellationToken)
    {
        var cursor = query.Cursor.Length == 0 ? null : PurchaseCursor.Parse(query.Cursor) ?? throw badCursor();
        if (cursor is not null && !cursor.BelongsTo(query)) throw badCursor();

        var rows = await database.RetryAsync((Rows: this, query, cursor), static async (connection, state, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(state.Rows.SqlOf(state.query, state.cursor));
            AddPage(command.Parameters, state.query, state.cursor);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<(T Item, Guid UserId)>();
            while (await row.ReadAsync(cancellationToken)) rows.Add((state.Rows.Read(row), row.GetGuid(1)));
            return rows;
        }, cancellationToken);

        var page = TwoWayPage.Cut(rows, query.Limit, cursor?.IsNext ?? true, cursor is not null);
        return (
            [.. page.Items.Select(static row => row.Item)],
            page.HasNext && page.Items.Count > 0 ? CursorAt(query, page.Items[^1], isNext: true) : "",
            page.HasPrevious ? CursorAt(query, page.Items[0], isNext: false) : "");
    }

    /// <summary>The one row that a statement returns; null when it returns none.</summary>
    public ValueTask<T?> OneAsync(string sql, Action<NpgsqlParameterCollection> add, CancellationToken cancellationToken) =>
        database.RetryAsync((Rows: this, sql, add), static async (connection, state, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(state.sql);
            state.add(command.Parameters);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken) ? state.Rows.Read(row) : null;
        }, cancellationToken);

    private static void AddPage(NpgsqlParameterCollection parameters, PurchaseQuery query, PurchaseCursor? cursor)
    {
        parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = query.After ?? DatabaseTime.Epoch });
        parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = query.Before ?? DatabaseTime.Latest });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = query.Limit + 1 });
        // The cursor of a user's list has that user.
        if ((query.UserId ?? cursor?.UserId) is { } userId) parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        if (cursor is null) return;
        parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = cursor.PurchaseTime });
        parameters.AddText(cursor.TransactionId);
    }

    private T Read(NpgsqlDataReader row) => read(row);

    private string SqlOf(PurchaseQuery query, PurchaseCursor? cursor) => (query.UserId is null ? _all : _ofUser).Of(cursor);

    private string CursorAt(PurchaseQuery query, (T Item, Guid UserId) row, bool isNext)
    {
        var (id, time) = place(row.Item);
        return PurchaseCursor.At(query, id, time, row.UserId, isNext).ToString();
    }

    /// <summary>The statements for pages: $1 and $2 are the range of times, $3 the limit, $4 the user, $5 and $6 the time and the id of the cursor.</summary>
    private sealed class PageStatements(string table, string idColumn, string columns, string condition)
    {
        private readonly string _first = Sql(table, idColumn, columns, condition, "", NewestFirst, " DESC");
        private readonly string _next = Sql(table, idColumn, columns, condition, "<", NewestFirst, " DESC");
        private readonly string _previous = Sql(table, idColumn, columns, condition, ">", OldestFirst, "");

        public string Of(PurchaseCursor? cursor) => cursor switch
        {
            null => _first,
            { IsNext: true } => _next,
            _ => _previous,
        };

        private static string Sql(string table, string idColumn, string columns, string condition, string comparison, string order, string direction)
        {
            var from = comparison.Length == 0 ? "" : $" AND (purchase_time, user_id, {idColumn}) {comparison} ($5, $4, $6)";
            return $"""
                SELECT {columns} FROM {table}
                WHERE purchase_time >= $1 AND purchase_time <= $2{condition}{from}{order}{idColumn}{direction} LIMIT $3
                """;
        }
    }
}
