using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Scheduling;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Leaderboards;

/// <summary>The definitions of leaderboards and tournaments in the database.</summary>
public sealed class LeaderboardStore(NpgsqlDataSource database)
{
    /// <summary>The columns that <see cref="Read"/> expects.</summary>
    internal const string Columns = """
        id, authoritative, sort_order, operator, reset_schedule, metadata, create_time, category, description, duration,
        end_time, join_required, max_size, max_num_score, title, start_time, enable_ranks
        """;

    private const string LoadSql = $"SELECT {Columns} FROM leaderboard ORDER BY create_time, id";

    private const string FindSql = $"SELECT {Columns} FROM leaderboard WHERE id = $1";

    private const string InsertSql = $"""
        INSERT INTO leaderboard (id, authoritative, sort_order, operator, reset_schedule, metadata, enable_ranks)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO NOTHING
        RETURNING {Columns}
        """;

    private const string DeleteSql = $"{ResetClaims.WithForgotten} DELETE FROM leaderboard WHERE id = $1";

    private const string DisableRanksSql = "UPDATE leaderboard SET enable_ranks = false WHERE id = $1";

    /// <summary>Returns all definitions in order of creation.</summary>
    /// <exception cref="StartupException">A schedule is invalid.</exception>
    public ValueTask<List<Leaderboard>> LoadAsync(CancellationToken cancellationToken) =>
        database.RetryAsync(static async (connection, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(LoadSql);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var all = new List<Leaderboard>();
            while (await row.ReadAsync(cancellationToken)) all.Add(Read(row));
            return all;
        }, cancellationToken);

    /// <summary>Null when not found.</summary>
    public ValueTask<Leaderboard?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.RetryAsync(id, static async (connection, id, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(FindSql);
            command.Parameters.AddText(id);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken) ? Read(row) : null;
        }, cancellationToken);

    /// <summary>Null when the id is taken.</summary>
    internal ValueTask<Leaderboard?> InsertAsync(LeaderboardRequest draft, CancellationToken cancellationToken) =>
        database.RetryAsync(draft, static async (connection, draft, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(InsertSql);
            command.Parameters.AddText(draft.Id);
            command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = draft.IsAuthoritative });
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)draft.Sort });
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)draft.Operator });
            command.Parameters.Add(OrNull(draft.ResetSchedule));
            command.Parameters.AddJsonb(draft.Metadata);
            command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = draft.AreRanksEnabled });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken) ? Read(row) : null;
        }, cancellationToken);

    internal ValueTask<int> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.RetryAsync(id, static async (connection, id, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(DeleteSql);
            command.Parameters.AddText(id);
            command.Parameters.Add(ResetClaims.Name(id));
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    internal ValueTask<int> DisableRanksAsync(string id, CancellationToken cancellationToken) =>
        database.RetryAsync(id, static async (connection, id, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(DisableRanksSql);
            command.Parameters.AddText(id);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    internal static NpgsqlParameter<string?> OrNull(string text)
    {
        var parameter = TextParameters.Text(text.Length == 0 ? null : text);
        parameter.NpgsqlDbType = NpgsqlDbType.Varchar;
        return parameter;
    }

    internal static Leaderboard Read(NpgsqlDataReader row)
    {
        var id = row.GetString(0);
        CronExpression? schedule = null;
        if (!row.IsDBNull(4) && row.GetString(4) is { Length: > 0 } text && !CronExpression.TryParse(text, out schedule))
            throw new StartupException($"Leaderboard {id} has a reset schedule that cannot be read: {text}");
        return new()
        {
            Id = id,
            IsAuthoritative = row.GetBoolean(1),
            Sort = (LeaderboardSort)row.GetInt16(2),
            Operator = (LeaderboardOperator)row.GetInt16(3),
            ResetSchedule = schedule,
            Metadata = row.GetString(5),
            CreatedAt = row.GetDateTime(6),
            Category = row.GetInt16(7),
            Description = row.GetString(8),
            Duration = row.GetInt32(9),
            EndTime = RecordTime.Seconds(row.GetDateTime(10)),
            IsJoinRequired = row.GetBoolean(11),
            MaxSize = row.GetInt32(12),
            MaxNumScore = row.GetInt32(13),
            Title = row.GetString(14),
            StartTime = RecordTime.Seconds(row.GetDateTime(15)),
            // Only rows that were edited manually have none.
            AreRanksEnabled = row.IsDBNull(16) || row.GetBoolean(16),
        };
    }
}
