using Nakama.Server.Database;
using Nakama.Server.Leaderboards;
using Npgsql;

namespace Nakama.Server.Tournaments;

/// <summary>The parts of tournament records that differ from other records: participants and attempts are counted.</summary>
public sealed class TournamentRecordStore(NpgsqlDataSource database)
{
    private const int MaxTries = 5;

    private const string IsRecord = "leaderboard_id = $1 AND owner_id = $2 AND expiry_time = $3";

    private const string HasAttempt = "(r.max_num_score = 0 OR r.num_score < r.max_num_score)";

    private const string InsertSql = """
        INSERT INTO leaderboard_record AS r (
            leaderboard_id, owner_id, expiry_time, username, score, subscore, metadata, max_num_score)
        VALUES ($1, $2, $3, $4, $5, $6, COALESCE($7, '{}'), $10)
        ON CONFLICT (owner_id, leaderboard_id, expiry_time)
        """;

    private const string FirstSql = $"{InsertSql} DO NOTHING RETURNING {RecordStore.NextChange}, {RecordRow.Columns}";

    private const string JoinSql = $"""
        INSERT INTO leaderboard_record (leaderboard_id, owner_id, expiry_time, username, num_score, max_num_score)
        VALUES ($1, $2, $3, $4, 0, $5)
        ON CONFLICT (owner_id, leaderboard_id, expiry_time) DO NOTHING
        RETURNING {RecordStore.NextChange}
        """;

    private const string AddAttemptsSql = $"UPDATE leaderboard_record SET max_num_score = max_num_score + $4 WHERE {IsRecord}";

    private static readonly string[] FirstOrFurtherSql = RecordWriteSql.ForAll(static (@operator, sort) => $"""
        {InsertSql} DO UPDATE SET {RecordWriteSql.Update(@operator, sort)} WHERE {HasAttempt}
        RETURNING {RecordStore.NextChange}, {RecordRow.Columns}
        """);

    private static readonly string[] FurtherSql = RecordWriteSql.ForAll(static (@operator, sort) => $"""
        WITH written AS (
            UPDATE leaderboard_record AS r SET {RecordWriteSql.Update(@operator, sort)}
            WHERE {IsRecord} AND {HasAttempt}
            RETURNING {RecordStore.NextChange} AS change, {RecordRow.Columns})
        SELECT change, {RecordRow.Columns} FROM written
        UNION ALL
        SELECT 0, {RecordRow.Columns} FROM leaderboard_record WHERE {IsRecord} AND NOT EXISTS (SELECT 1 FROM written)
        """);

    /// <summary>
    /// Submits a score, which uses up an attempt, and returns the record with the number of its change. The number is 0 when
    /// no attempt was left; an owner that has joined then gets the unchanged record.
    /// </summary>
    /// <exception cref="TournamentException">Not joined, no attempt left, or no place left for a first score.</exception>
    internal ValueTask<(RecordRow Row, long Change)> WriteAsync(
        Leaderboard tournament, long expiry, RecordWrite write, CancellationToken cancellationToken) =>
        AgainAfterRaceAsync(() => tournament switch
        {
            { IsJoinRequired: true } => WriteJoinedAsync(tournament, expiry, write, cancellationToken),
            { HasMaxSize: true } => WriteCountedAsync(tournament, expiry, write, cancellationToken),
            _ => WriteFreelyAsync(tournament, expiry, write, cancellationToken),
        });

    /// <summary>Creates the record of an owner that joins; returns the number of the change, or 0 when it exists already.</summary>
    /// <exception cref="TournamentException">No place is left.</exception>
    internal ValueTask<long> JoinAsync(
        Leaderboard tournament, long expiry, Guid ownerId, string username, CancellationToken cancellationToken) =>
        AgainAfterRaceAsync(() => tournament.HasMaxSize
            ? database.InTransactionAsync(async (connection, token) =>
            {
                var change = await JoinAsync(connection, tournament, expiry, ownerId, username, token);
                if (change == 0) return 0;
                if (!await TournamentStore.EnterAsync(connection, tournament.Id, token)) throw new TournamentException(TournamentErrorReason.Full);
                return change;
            }, cancellationToken)
            : database.RetryAsync((connection, token) => JoinAsync(connection, tournament, expiry, ownerId, username, token), cancellationToken));

    /// <summary>Deletes a record, if there is one, and frees its place; returns the number of the change or 0.</summary>
    internal ValueTask<long> DeleteAsync(Leaderboard tournament, long expiry, Guid ownerId, CancellationToken cancellationToken) =>
        database.InTransactionAsync(async (connection, token) =>
        {
            var change = await RecordStore.DeleteAsync(connection, tournament.Id, ownerId, expiry, token);
            if (change > 0 && tournament.HasMaxSize) await TournamentStore.LeaveAsync(connection, tournament.Id, token);
            return change;
        }, cancellationToken);

    internal ValueTask<int> AddAttemptsAsync(
        string id, long expiry, Guid ownerId, int count, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(AddAttemptsSql);
            RecordStore.AddRecord(command.Parameters, id, ownerId, expiry);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
            return await command.ExecuteNonQueryAsync(token);
        }, cancellationToken);

    /// <summary>
    /// Two concurrent first records of an owner may collide in the index of scores instead of the one that ON CONFLICT names;
    /// the retry of the second then finds the first.
    /// </summary>
    private static async ValueTask<T> AgainAfterRaceAsync<T>(Func<ValueTask<T>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (PostgresException e) when (attempt < MaxTries && DatabaseErrors.IsUniqueViolation(e))
            {
                // The record of the concurrent request exists now.
            }
            catch (PostgresException e) when (DatabaseErrors.IsOutOfRange(e))
            {
                throw LeaderboardErrors.ScoreRange;
            }
        }
    }

    private static async ValueTask<long> JoinAsync(
        NpgsqlConnection connection, Leaderboard tournament, long expiry, Guid ownerId, string username, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(JoinSql);
        RecordStore.AddRecord(command.Parameters, tournament.Id, ownerId, expiry);
        command.Parameters.Add(LeaderboardStore.OrNull(username));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = tournament.MaxNumScore });
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    private ValueTask<(RecordRow Row, long Change)> WriteJoinedAsync(
        Leaderboard tournament, long expiry, RecordWrite write, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
            await FurtherAsync(connection, tournament, expiry, write, token) ?? throw new TournamentException(TournamentErrorReason.NotJoined),
            cancellationToken);

    private ValueTask<(RecordRow Row, long Change)> WriteFreelyAsync(
        Leaderboard tournament, long expiry, RecordWrite write, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = CreateCommand(connection, FirstOrFurtherSql, tournament, expiry, write);
            await using var row = await command.ExecuteReaderAsync(token);
            if (!await row.ReadAsync(token)) throw new TournamentException(TournamentErrorReason.NoAttemptLeft);
            return (RecordRow.Read(row, 1), row.GetInt64(0));
        }, cancellationToken);

    private ValueTask<(RecordRow Row, long Change)> WriteCountedAsync(
        Leaderboard tournament, long expiry, RecordWrite write, CancellationToken cancellationToken) =>
        database.InTransactionAsync(async (connection, token) =>
        {
            if (await FirstAsync(connection, tournament, expiry, write, token) is { } first)
            {
                if (!await TournamentStore.EnterAsync(connection, tournament.Id, token)) throw new TournamentException(TournamentErrorReason.Full);
                return first;
            }

            // An owner that left in between gets the same error as one without attempts, and may retry.
            if (await FurtherAsync(connection, tournament, expiry, write, token) is not { Change: > 0 } further)
                throw new TournamentException(TournamentErrorReason.NoAttemptLeft);
            return further;
        }, cancellationToken);

    private static async ValueTask<(RecordRow Row, long Change)?> FirstAsync(
        NpgsqlConnection connection, Leaderboard tournament, long expiry, RecordWrite write, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(FirstSql);
        AddWrite(command.Parameters, tournament, expiry, write);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (RecordRow.Read(row, 1), row.GetInt64(0)) : null;
    }

    private static async ValueTask<(RecordRow Row, long Change)?> FurtherAsync(
        NpgsqlConnection connection, Leaderboard tournament, long expiry, RecordWrite write, CancellationToken cancellationToken)
    {
        await using var command = CreateCommand(connection, FurtherSql, tournament, expiry, write);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (RecordRow.Read(row, 1), row.GetInt64(0)) : null;
    }

    private static NpgsqlCommand CreateCommand(
        NpgsqlConnection connection, string[] statements, Leaderboard tournament, long expiry, in RecordWrite write)
    {
        var command = connection.CreateCommand(RecordWriteSql.Of(statements, write.Operator, tournament.Sort));
        AddWrite(command.Parameters, tournament, expiry, write);
        return command;
    }

    private static void AddWrite(NpgsqlParameterCollection parameters, Leaderboard tournament, long expiry, in RecordWrite write)
    {
        RecordWriteSql.Add(parameters, tournament.Id, expiry, write);
        parameters.Add(new NpgsqlParameter<int> { TypedValue = tournament.MaxNumScore });
    }
}
