using System.Text;
using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>The table of the changes that operators have made. Its times are those of the database, whose order is that of the changes.</summary>
internal sealed class HistoryStore(NpgsqlDataSource database, ConsoleOptions options)
{
    private const int RowsAtOnce = 500;

    /// <summary>The number of entries in one statement's round trip; each has up to two states.</summary>
    private const int EntriesAtOnce = 16;

    private static readonly string[] TableSql =
    [
        """
        CREATE TABLE IF NOT EXISTS nakama_net.console_history (
            id                UUID        NOT NULL PRIMARY KEY,
            created_at        TIMESTAMPTZ NOT NULL,
            kind              SMALLINT    NOT NULL,
            object_key        TEXT        NOT NULL,
            owner_id          UUID        NOT NULL,
            operator_id       UUID        NOT NULL,
            operator_name     TEXT        NOT NULL,
            action            TEXT        NOT NULL,
            changed           TEXT[]      NOT NULL,
            password_changed  BOOLEAN     NOT NULL,
            reverts_id        UUID,
            state_before      TEXT,
            is_whole_before   BOOLEAN     NOT NULL,
            state_after       TEXT,
            is_whole_after    BOOLEAN     NOT NULL)
        """,
        "CREATE INDEX IF NOT EXISTS console_history_object_idx ON nakama_net.console_history (kind, object_key, created_at, id)",
        "CREATE INDEX IF NOT EXISTS console_history_kind_idx ON nakama_net.console_history (kind, created_at, id)",
        "CREATE INDEX IF NOT EXISTS console_history_operator_idx ON nakama_net.console_history (kind, operator_name, created_at, id)",
        "CREATE INDEX IF NOT EXISTS console_history_owner_idx ON nakama_net.console_history (owner_id)",
        "CREATE INDEX IF NOT EXISTS console_history_time_idx ON nakama_net.console_history (created_at)",
    ];

    private const string InsertSql = """
        INSERT INTO nakama_net.console_history (id, created_at, kind, object_key, owner_id, operator_id, operator_name, action, changed,
            password_changed, reverts_id, state_before, is_whole_before, state_after, is_whole_after)
        VALUES ($1, clock_timestamp(), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """;

    private const string TrimSql = """
        DELETE FROM nakama_net.console_history WHERE id IN (
            SELECT id FROM nakama_net.console_history WHERE kind = $1 AND object_key = $2 ORDER BY created_at DESC, id DESC OFFSET $3)
        """;

    private const string SummaryColumns = """
        h.id, h.created_at, h.kind, h.object_key, h.owner_id, h.operator_id, h.operator_name, h.action, h.changed, h.password_changed,
        h.reverts_id, h.state_before IS NOT NULL AS existed_before, h.state_after IS NOT NULL AS existed_after
        """;

    private const string ListStart = $"""
        SELECT h.* FROM unnest($1::smallint[]) AS wanted (kind)
        CROSS JOIN LATERAL (SELECT {SummaryColumns} FROM nakama_net.console_history h WHERE h.kind = wanted.kind
        """;

    private const string NewestFirst = " ORDER BY h.created_at DESC, h.id DESC LIMIT $2";

    private const string OldestFirst = " ORDER BY h.created_at, h.id LIMIT $2";

    private const string GetSql = $"""
        SELECT {SummaryColumns}, h.state_before, h.is_whole_before, h.state_after, h.is_whole_after FROM nakama_net.console_history h WHERE h.id = $1
        """;

    private const string PruneSql = """
        DELETE FROM nakama_net.console_history WHERE id IN (
            SELECT id FROM nakama_net.console_history WHERE created_at < $1 ORDER BY created_at LIMIT $2)
        """;

    private const string EraseKindsSql = """
        DELETE FROM nakama_net.console_history WHERE id IN (
            SELECT id FROM nakama_net.console_history
            WHERE kind = ANY($1) AND ($2 OR owner_id <> '00000000-0000-0000-0000-000000000000') LIMIT $3)
        """;

    private const string EraseOwnerSql = "DELETE FROM nakama_net.console_history WHERE owner_id = $1";

    private const int SummaryColumnCount = 13;

    public Task EnsureAsync(CancellationToken cancellationToken) =>
        OwnTables.EnsureAsync(database, "console_history", TableSql, cancellationToken);

    /// <summary>Adds changes as part of their transaction, and drops the oldest of objects that have too many.</summary>
    public async ValueTask AddAsync(
        NpgsqlConnection connection, ConsoleOperator who, IReadOnlyList<HistoryChange> changes, CancellationToken cancellationToken)
    {
        foreach (var some in changes.Chunk(EntriesAtOnce))
        {
            await using var batch = connection.CreateBatch();
            foreach (var change in some)
            {
                AddRow(batch.Add(InsertSql).Parameters, who, change);
                var trim = batch.Add(TrimSql).Parameters;
                trim.Add(new NpgsqlParameter<short> { TypedValue = (short)change.Subject.Kind });
                trim.AddText(change.Subject.Key).Add(new NpgsqlParameter<int> { TypedValue = options.History.MaxEntriesPerObject });
            }

            await batch.RunAsync(cancellationToken);
        }
    }

    /// <summary>The entries on one side of a position, the nearest first, without their states.</summary>
    public ValueTask<List<StoredChange>> ListAsync(
        HistoryFilter filter, HistoryPosition? from, bool isNext, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = CommandFor(connection, filter, from, isNext, limit);
            await using var row = await command.ExecuteReaderAsync(token);
            var entries = new List<StoredChange>();
            while (await row.ReadAsync(token)) entries.Add(Read(row, null, null));
            return entries;
        }, cancellationToken);

    /// <summary>An entry with its states; null when there is none.</summary>
    public ValueTask<StoredChange?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        database.RetryAsync(id, static async (connection, id, token) =>
        {
            await using var command = connection.CreateCommand(GetSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            await using var row = await command.ExecuteReaderAsync(token);
            return await row.ReadAsync(token) ? Read(row, ReadState(row, SummaryColumnCount), ReadState(row, SummaryColumnCount + 2)) : null;
        }, cancellationToken);

    /// <summary>Deletes some of the entries from before an instant, the oldest first; false when none are left.</summary>
    public async ValueTask<bool> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await database.RetryAsync(before, static async (connection, before, token) =>
        {
            await using var command = connection.CreateCommand(PruneSql);
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = before });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = RowsAtOnce });
            return await command.ExecuteNonQueryAsync(token);
        }, cancellationToken) == RowsAtOnce;

    /// <summary>Deletes what belongs to a player, as part of the transaction that deletes the account.</summary>
    public static async ValueTask EraseAsync(NpgsqlConnection connection, Guid ownerId, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(EraseOwnerSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ownerId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes the history of objects that were deleted as a whole.</summary>
    /// <param name="kinds">Their kinds.</param>
    /// <param name="withSystem">Whether those that belong to no player were deleted, too.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async ValueTask EraseAsync(HistoryKind[] kinds, bool withSystem, CancellationToken cancellationToken)
    {
        var deleted = RowsAtOnce;
        while (deleted == RowsAtOnce)
        {
            deleted = await database.RetryAsync((kinds, withSystem), static async (connection, state, token) =>
            {
                await using var command = connection.CreateCommand(EraseKindsSql);
                command.Parameters.Add(Numbers(state.kinds));
                command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = state.withSystem });
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = RowsAtOnce });
                return await command.ExecuteNonQueryAsync(token);
            }, cancellationToken);
        }
    }

    private static void AddRow(NpgsqlParameterCollection row, ConsoleOperator who, HistoryChange change)
    {
        row.Add(new NpgsqlParameter<Guid> { TypedValue = change.Id });
        row.Add(new NpgsqlParameter<short> { TypedValue = (short)change.Subject.Kind });
        row.AddText(change.Subject.Key).Add(new NpgsqlParameter<Guid> { TypedValue = change.Subject.OwnerId });
        row.Add(new NpgsqlParameter<Guid> { TypedValue = who.Id ?? Guid.Empty });
        row.AddText(who.Username).AddText(change.Action).AddTexts([.. change.ChangedNames]);
        row.Add(new NpgsqlParameter<bool> { TypedValue = change.IsPasswordChanged });
        row.Add(new NpgsqlParameter { Value = (object?)change.RevertsId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        foreach (var state in (ObjectState?[])[change.Before, change.After])
        {
            row.AddText(state?.Json);
            row.Add(new NpgsqlParameter<bool> { TypedValue = state?.IsComplete ?? true });
        }
    }

    /// <summary>One range of an index for each kind, so that rare kinds are found as fast as frequent ones.</summary>
    private static NpgsqlCommand CommandFor(NpgsqlConnection connection, HistoryFilter filter, HistoryPosition? from, bool isNext, int limit)
    {
        var command = connection.CreateCommand();
        var parameters = command.Parameters;
        parameters.Add(Numbers(filter.Kinds));
        parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var order = isNext ? NewestFirst : OldestFirst;
        var sql = new StringBuilder(ListStart);
        if (filter.Key.Length > 0) Where("h.object_key = ", TextParameters.Text(filter.Key));
        if (filter.OperatorName.Length > 0) Where("h.operator_name = ", TextParameters.Text(filter.OperatorName));
        if (filter.After is { } after) Where("h.created_at >= ", Instant(after));
        if (filter.Before is { } before) Where("h.created_at <= ", Instant(before));
        if (from is { } place)
        {
            Where(isNext ? "(h.created_at, h.id) < (" : "(h.created_at, h.id) > (", Instant(place.CreatedAt));
            parameters.Add(new NpgsqlParameter<Guid> { TypedValue = place.Id });
            sql.Append(", $").Append(parameters.Count).Append(')');
        }

        command.CommandText = sql.Append(order).Append(") AS h").Append(order).ToString();
        return command;

        void Where(string condition, NpgsqlParameter value)
        {
            parameters.Add(value);
            sql.Append(" AND ").Append(condition).Append('$').Append(parameters.Count);
        }
    }

    private static StoredChange Read(NpgsqlDataReader row, ObjectState? before, ObjectState? after) => new(
        new HistoryChange(
            row.GetGuid(0), new HistorySubject((HistoryKind)row.GetInt16(2), row.GetString(3), row.GetGuid(4)), row.GetString(7),
            row.GetFieldValue<string[]>(8), row.GetBoolean(9), row.IsDBNull(10) ? null : row.GetGuid(10), before, after),
        row.GetDateTime(1), row.GetGuid(5), row.GetString(6))
    {
        ExistedBefore = row.GetBoolean(11),
        ExistedAfter = row.GetBoolean(12),
    };

    private static ObjectState? ReadState(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : new ObjectState(row.GetString(column), row.GetBoolean(column + 1));

    private static NpgsqlParameter<short[]> Numbers(IEnumerable<HistoryKind> kinds) => new() { TypedValue = [.. kinds.Select(static kind => (short)kind)] };

    private static NpgsqlParameter<DateTime> Instant(DateTime value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
