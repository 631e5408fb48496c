using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Runtime.Jobs;

/// <summary>
/// The jobs of the cluster, in a table of their own. A run belongs to the node that claims it here; the claim ends by itself
/// when the node does not renew it. Schedules are compared with the clock of the node, claims with the one of the database.
/// </summary>
internal sealed class JobStore(NpgsqlDataSource database)
{
    private const string TableSql = """
        CREATE TABLE IF NOT EXISTS nakama_net.job (
            name TEXT PRIMARY KEY,
            schedule TEXT NOT NULL,
            next_at TIMESTAMPTZ,
            is_requested BOOLEAN NOT NULL DEFAULT false,
            run_number BIGINT NOT NULL DEFAULT 0,
            run_attempt INT NOT NULL DEFAULT 0,
            run_due_at TIMESTAMPTZ,
            run_is_requested BOOLEAN NOT NULL DEFAULT false,
            run_node TEXT,
            run_until TIMESTAMPTZ,
            last_due_at TIMESTAMPTZ,
            last_started_at TIMESTAMPTZ,
            last_duration_ms BIGINT NOT NULL DEFAULT 0,
            last_outcome SMALLINT,
            last_error TEXT NOT NULL DEFAULT '',
            last_node TEXT NOT NULL DEFAULT '',
            run_count BIGINT NOT NULL DEFAULT 0,
            failure_count BIGINT NOT NULL DEFAULT 0)
        """;

    // A known job keeps the instant for which it waits, so that a run that was missed is made up for.
    private const string RegisterSql = """
        INSERT INTO nakama_net.job (name, schedule, next_at) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET schedule = $2, next_at = $3 WHERE nakama_net.job.schedule <> $2
        """;

    private const string ReadSql = """
        SELECT name, schedule, next_at, is_requested, run_until IS NOT NULL, COALESCE(run_until > now(), false), run_count, failure_count,
            last_outcome, last_due_at, last_started_at, last_duration_ms, last_error, last_node
        FROM nakama_net.job WHERE name = ANY($1) ORDER BY name
        """;

    private const string RequestSql = "UPDATE nakama_net.job SET is_requested = true WHERE name = $1";

    private const string ClaimSql = """
        UPDATE nakama_net.job SET
            run_number = run_number + 1, run_node = $2, run_until = now() + $3, is_requested = is_requested AND run_until IS NOT NULL,
            run_attempt = CASE WHEN run_until IS NULL THEN 1 ELSE run_attempt + 1 END,
            run_due_at = CASE WHEN run_until IS NOT NULL THEN run_due_at WHEN next_at <= $4 THEN next_at ELSE $4 END,
            run_is_requested = CASE WHEN run_until IS NOT NULL THEN run_is_requested ELSE NOT COALESCE(next_at <= $4, false) END
        WHERE name = $1 AND (run_until IS NOT NULL OR is_requested OR next_at <= $4) AND COALESCE(run_until <= now(), true)
        RETURNING run_number, run_attempt, run_due_at, run_is_requested
        """;

    private const string RenewSql = "UPDATE nakama_net.job SET run_until = now() + $3 WHERE name = $1 AND run_number = $2 AND run_until IS NOT NULL";

    private const string FinishSql = """
        UPDATE nakama_net.job SET
            run_until = NULL, run_node = NULL, next_at = $3, last_due_at = run_due_at, last_started_at = $4, last_duration_ms = $5, last_outcome = $6,
            last_error = $7, last_node = COALESCE(run_node, ''), run_count = run_count + 1,
            failure_count = failure_count + CASE WHEN $6 = 1 THEN 0 ELSE 1 END
        WHERE name = $1 AND run_number = $2 AND run_until IS NOT NULL
        """;

    private const string ReleaseSql = """
        UPDATE nakama_net.job SET run_until = NULL, run_node = NULL, is_requested = is_requested OR run_is_requested
        WHERE name = $1 AND run_number = $2 AND run_until IS NOT NULL
        """;

    public Task EnsureAsync(CancellationToken cancellationToken) => OwnTables.EnsureAsync(database, "job", TableSql, cancellationToken);

    /// <summary>Adds a job, or changes the schedule of a known one.</summary>
    /// <param name="job">The job.</param>
    /// <param name="next">Its next instant; null when there is none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async ValueTask RegisterAsync(JobDefinition job, DateTime? next, CancellationToken cancellationToken) => await ExecuteAsync(
        RegisterSql, parameters => parameters.AddText(job.Name).AddText(job.Schedule.Text).Add(Instant(next)), cancellationToken);

    /// <summary>The known ones of some jobs, by name.</summary>
    public ValueTask<List<JobState>> ReadAsync(string[] names, CancellationToken cancellationToken) =>
        database.RetryAsync(names, static async (connection, names, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(ReadSql);
            command.Parameters.AddTexts(names);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var jobs = new List<JobState>(names.Length);
            while (await row.ReadAsync(cancellationToken)) jobs.Add(Read(row));
            return jobs;
        }, cancellationToken);

    /// <summary>Asks for a run; false when there is no such job.</summary>
    public async ValueTask<bool> RequestAsync(string name, CancellationToken cancellationToken) =>
        await ExecuteAsync(RequestSql, parameters => parameters.AddText(name), cancellationToken) > 0;

    /// <summary>Claims the run of a job that is due, requested, or was lost; null when another node has it.</summary>
    public ValueTask<JobClaim?> ClaimAsync(string name, string node, TimeSpan lease, DateTime now, CancellationToken cancellationToken) =>
        database.RetryAsync<JobClaim?>(
            async (connection, token) =>
            {
                await using var command = connection.CreateCommand(ClaimSql);
                command.Parameters.AddText(name).AddText(node);
                command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
                command.Parameters.Add(Instant(now));
                await using var row = await command.ExecuteReaderAsync(token);
                if (!await row.ReadAsync(token)) return null;
                return new JobClaim(row.GetInt64(0), row.GetInt32(1), row.GetDateTime(2), row.GetBoolean(3));
            },
            cancellationToken);

    /// <summary>Keeps a claim; false when it is lost.</summary>
    public async ValueTask<bool> RenewAsync(string name, long number, TimeSpan lease, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            RenewSql,
            parameters =>
            {
                parameters.AddText(name).Add(new NpgsqlParameter<long> { TypedValue = number });
                parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
            },
            cancellationToken) > 0;

    /// <summary>Records the end of a run; nothing happens when the claim is lost.</summary>
    public async ValueTask FinishAsync(
        string name, long number, DateTime? next, DateTime startedAt, TimeSpan duration, JobOutcome outcome, string error, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            FinishSql,
            parameters =>
            {
                parameters.AddText(name).Add(new NpgsqlParameter<long> { TypedValue = number });
                parameters.Add(Instant(next));
                parameters.Add(Instant(startedAt));
                parameters.Add(new NpgsqlParameter<long> { TypedValue = (long)duration.TotalMilliseconds });
                parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)outcome });
                parameters.AddText(error);
            },
            cancellationToken);

    /// <summary>Gives up a claim, so that another node runs the job.</summary>
    public async ValueTask ReleaseAsync(string name, long number, CancellationToken cancellationToken) => await ExecuteAsync(
        ReleaseSql, parameters => parameters.AddText(name).Add(new NpgsqlParameter<long> { TypedValue = number }), cancellationToken);

    private ValueTask<int> ExecuteAsync(string sql, Action<NpgsqlParameterCollection> add, CancellationToken cancellationToken) =>
        database.RetryAsync((sql, add), static async (connection, state, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(state.sql);
            state.add(command.Parameters);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    private static JobState Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetDateTime(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5),
        row.GetInt64(6), row.GetInt64(7),
        row.IsDBNull(8)
            ? null
            : new JobResult(
                row.GetDateTime(9), row.GetDateTime(10), row.GetInt64(11), (JobOutcome)row.GetInt16(8), row.GetString(12), row.GetString(13)));

    private static NpgsqlParameter Instant(DateTime? time) => new() { Value = (object?)time ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
