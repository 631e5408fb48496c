using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Leaderboards;

/// <summary>The records of leaderboards and tournaments in the database; it knows nothing of ranks.</summary>
public sealed partial class RecordStore(NpgsqlDataSource database)
{
    private const int MaxAttempts = 5;

    // In the order of the index that makes records unique.
    private const string IsRecord = "leaderboard_id = $1 AND owner_id = $2 AND expiry_time = $3";

    private const string FindSql = $"SELECT {RecordRow.Columns} FROM leaderboard_record WHERE {IsRecord}";

    private const string DeleteSql = $"DELETE FROM leaderboard_record WHERE {IsRecord}";

    private const string EraseSql = "DELETE FROM leaderboard_record WHERE owner_id = $1";

    // Where nothing is written the record stays as it is and is returned, so that a score that changes nothing costs no more.
    private static readonly string[] WriteSql = RecordWriteSql.ForAll(static (@operator, sort) => $"""
        WITH written AS (
            {RecordWriteSql.Insert}
            ON CONFLICT (owner_id, leaderboard_id, expiry_time) DO UPDATE SET {RecordWriteSql.Update(@operator, sort)}
            WHERE {RecordWriteSql.Condition(@operator, sort)}
            RETURNING {RecordRow.Columns})
        SELECT true, {RecordRow.Columns} FROM written
        UNION ALL
        SELECT false, {RecordRow.Columns} FROM leaderboard_record WHERE {IsRecord} AND NOT EXISTS (SELECT 1 FROM written)
        """);

    /// <summary>Submits a score; the flag says whether that changed the record, which is returned as it is now.</summary>
    public async ValueTask<(RecordRow Row, bool IsChanged)> WriteAsync(
        string leaderboardId, LeaderboardSort sort, long expiry, RecordWrite write, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await WriteOnceAsync(leaderboardId, sort, expiry, write, cancellationToken) is { } written) return written;
                // The row that was in the way is younger than what the statement saw.
            }
            catch (PostgresException e) when (attempt < MaxAttempts && DatabaseErrors.IsUniqueViolation(e))
            {
                // Another first score of the owner came between; now there is a row to update.
            }

            if (attempt == MaxAttempts) throw LeaderboardErrors.WriteFailed;
        }
    }

    /// <summary>Null when there is none.</summary>
    public ValueTask<RecordRow?> FindAsync(string leaderboardId, Guid ownerId, long expiry, CancellationToken cancellationToken) =>
        database.RetryAsync((leaderboardId, ownerId, expiry), static async (connection, state, cancellationToken) =>
            await FindAsync(connection, state.leaderboardId, state.ownerId, state.expiry, cancellationToken), cancellationToken);

    /// <summary>Whether there was one to delete.</summary>
    public ValueTask<bool> DeleteAsync(string leaderboardId, Guid ownerId, long expiry, CancellationToken cancellationToken) =>
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

    internal static async ValueTask<bool> DeleteAsync(
        NpgsqlConnection connection, string leaderboardId, Guid ownerId, long expiry, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(DeleteSql);
        AddRecord(command.Parameters, leaderboardId, ownerId, expiry);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Deletes what an owner has anywhere, in the caller's transaction.</summary>
    internal static async ValueTask EraseAsync(NpgsqlConnection connection, Guid ownerId, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(EraseSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ownerId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first three parameters of every statement about one record.</summary>
    internal static void AddRecord(NpgsqlParameterCollection parameters, string leaderboardId, Guid ownerId, long expiry)
    {
        parameters.Add(new NpgsqlParameter<string> { TypedValue = leaderboardId });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ownerId });
        parameters.Add(Time(expiry));
    }

    internal static NpgsqlParameter<DateTime> Time(long seconds) =>
        new() { TypedValue = RecordTime.Of(seconds), NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private ValueTask<(RecordRow Row, bool IsChanged)?> WriteOnceAsync(
        string leaderboardId, LeaderboardSort sort, long expiry, in RecordWrite write, CancellationToken cancellationToken) =>
        database.RetryAsync((leaderboardId, sort, expiry, write), static async (connection, state, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(RecordWriteSql.Of(WriteSql, state.write.Operator, state.sort));
            RecordWriteSql.Add(command.Parameters, state.leaderboardId, state.expiry, state.write);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            if (!await row.ReadAsync(cancellationToken)) return default((RecordRow, bool)?);
            return (RecordRow.Read(row, 1), row.GetBoolean(0));
        }, cancellationToken);
}
