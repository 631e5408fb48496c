using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Leaderboards;

/// <summary>The records of leaderboards and tournaments in the database, without ranks.</summary>
public sealed partial class RecordStore(NpgsqlDataSource database)
{
    private const int MaxAttempts = 5;

    // In the column order of the unique index.
    private const string IsRecord = "leaderboard_id = $1 AND owner_id = $2 AND expiry_time = $3";

    private const string FindSql = $"SELECT {RecordRow.Columns} FROM leaderboard_record WHERE {IsRecord}";

    /// <summary>
    /// The number of a change, larger than those of all earlier changes of the record, including across its deletion and on
    /// every node. This holds only in a RETURNING clause, where the row is already locked.
    /// </summary>
    internal const string NextChange = "nextval('nakama_net.record_change')";

    private const string DeleteSql = $"DELETE FROM leaderboard_record WHERE {IsRecord} RETURNING {NextChange}";

    private const string EraseSql =
        $"DELETE FROM leaderboard_record WHERE owner_id = $1 RETURNING leaderboard_id, expiry_time, {NextChange}";

    private const string ChangesSql = "CREATE SEQUENCE IF NOT EXISTS nakama_net.record_change";

    // When nothing is written, the unchanged record is returned by the same statement, without another round trip.
    private static readonly string[] WriteSql = RecordWriteSql.ForAll(static (@operator, sort) => $"""
        WITH written AS (
            {RecordWriteSql.Insert}
            ON CONFLICT (owner_id, leaderboard_id, expiry_time) DO UPDATE SET {RecordWriteSql.Update(@operator, sort)}
            WHERE {RecordWriteSql.Condition(@operator, sort)}
            RETURNING {NextChange} AS change, {RecordRow.Columns})
        SELECT change, {RecordRow.Columns} FROM written
        UNION ALL
        SELECT 0, {RecordRow.Columns} FROM leaderboard_record WHERE {IsRecord} AND NOT EXISTS (SELECT 1 FROM written)
        """);

    /// <summary>Creates the sequence for change numbers if it is missing.</summary>
    internal Task EnsureAsync(CancellationToken cancellationToken) =>
        OwnTables.EnsureAsync(database, "record_change", ChangesSql, cancellationToken);

    /// <summary>Submits a score and returns the resulting record with the number of its change; 0 when unchanged.</summary>
    /// <exception cref="Errors.ApiException">The sum of the scores is out of range.</exception>
    public async ValueTask<(RecordRow Row, long Change)> WriteAsync(
        string leaderboardId, LeaderboardSort sort, long expiry, RecordWrite write, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await WriteOnceAsync(leaderboardId, sort, expiry, write, cancellationToken) is { } written) return written;
                // The conflicting row is newer than the snapshot of the statement.
            }
            catch (PostgresException e) when (attempt < MaxAttempts && DatabaseErrors.IsUniqueViolation(e))
            {
                // A concurrent request inserted the owner's first score; now there is a row to update.
            }
            catch (PostgresException e) when (DatabaseErrors.IsOutOfRange(e))
            {
                throw LeaderboardErrors.ScoreRange;
            }

            if (attempt == MaxAttempts) throw LeaderboardErrors.WriteFailed;
        }
    }

    /// <summary>Null when not found.</summary>
    public ValueTask<RecordRow?> FindAsync(string leaderboardId, Guid ownerId, long expiry, CancellationToken cancellationToken) =>
        database.RetryAsync((leaderboardId, ownerId, expiry), static async (connection, state, cancellationToken) =>
            await FindAsync(connection, state.leaderboardId, state.ownerId, state.expiry, cancellationToken), cancellationToken);

    /// <summary>Returns the number of the change, or 0 when there was no record to delete.</summary>
    public ValueTask<long> DeleteAsync(string leaderboardId, Guid ownerId, long expiry, CancellationToken cancellationToken) =>
        database.RetryAsync((leaderboardId, ownerId, expiry), static async (connection, state, cancellationToken) =>
            await DeleteAsync(connection, state.leaderboardId, state.ownerId, state.expiry, cancellationToken), cancellationToken);

    internal static async ValueTask<RecordRow?> FindAsync(
        NpgsqlConnection connection, string leaderboardId, Guid ownerId, long expiry, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(FindSql);
        AddRecord(command.Parameters, leaderboardId, ownerId, expiry);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? RecordRow.Read(row) : null;
    }

    internal static async ValueTask<long> DeleteAsync(
        NpgsqlConnection connection, string leaderboardId, Guid ownerId, long expiry, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(DeleteSql);
        AddRecord(command.Parameters, leaderboardId, ownerId, expiry);
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    /// <summary>Deletes all records of an owner, in the caller's transaction, and returns what was deleted.</summary>
    internal static async ValueTask<List<(string LeaderboardId, long Expiry, long Change)>> EraseAsync(NpgsqlConnection connection, Guid ownerId, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(EraseSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ownerId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var erased = new List<(string, long, long)>();
        while (await row.ReadAsync(cancellationToken)) erased.Add((row.GetString(0), RecordTime.Seconds(row.GetDateTime(1)), row.GetInt64(2)));
        return erased;
    }

    /// <summary>The first three parameters of every statement about one record.</summary>
    internal static void AddRecord(NpgsqlParameterCollection parameters, string leaderboardId, Guid ownerId, long expiry)
    {
        parameters.AddText(leaderboardId);
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ownerId });
        parameters.Add(Time(expiry));
    }

    internal static NpgsqlParameter<DateTime> Time(long seconds) =>
        new() { TypedValue = RecordTime.Of(seconds), NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private ValueTask<(RecordRow Row, long Change)?> WriteOnceAsync(
        string leaderboardId, LeaderboardSort sort, long expiry, in RecordWrite write, CancellationToken cancellationToken) =>
        database.RetryAsync((leaderboardId, sort, expiry, write), static async (connection, state, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(RecordWriteSql.Of(WriteSql, state.write.Operator, state.sort));
            RecordWriteSql.Add(command.Parameters, state.leaderboardId, state.expiry, state.write);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            if (!await row.ReadAsync(cancellationToken)) return default((RecordRow, long)?);
            return (RecordRow.Read(row, 1), row.GetInt64(0));
        }, cancellationToken);
}
