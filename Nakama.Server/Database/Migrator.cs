using System.Globalization;
using Nakama.Server.Errors;
using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Migrates a schema up to the version of this server, or down.</summary>
internal sealed class Migrator(NpgsqlDataSource database, TimeProvider time, ILogger<Migrator> log)
{
    /// <summary>Means no limit.</summary>
    public const int NoLimit = -1;

    private const int MaxAttempts = 5;

    private const string UnknownText = "unknown migration, check if database is set up for a newer server version";

    /// <summary>
    /// Applies missing migrations, oldest first, and returns the number of those that this call has applied. Several processes may do so
    /// at the same time.
    /// </summary>
    public async Task<int> UpAsync(int limit, CancellationToken cancellationToken)
    {
        DatabaseLog.Applying(log, limit);
        var applied = await OpenHistoryAsync(cancellationToken);
        var missing = MigrationCatalog.All.Where(migration => !applied.ContainsKey(migration.Id)).ToArray();
        var count = 0;
        foreach (var migration in limit < 0 ? missing : missing.Take(limit))
        {
            if (await ApplyOnceAsync(migration, cancellationToken)) count++;
        }

        DatabaseLog.Applied(log, count);
        return count;
    }

    /// <summary>Reverts applied migrations, newest first, all of them without a limit, and returns their number.</summary>
    public async Task<int> DownAsync(int limit, CancellationToken cancellationToken)
    {
        DatabaseLog.Reverting(log, limit);
        var applied = await OpenHistoryAsync(cancellationToken);
        var count = await ForEachAsync(Newest(applied), limit, RevertAsync, cancellationToken);
        DatabaseLog.Reverted(log, count);
        return count;
    }

    /// <summary>Reverts the newest migration and applies it again.</summary>
    public async Task RedoAsync(int limit, CancellationToken cancellationToken)
    {
        if (limit != NoLimit) DatabaseLog.LimitIgnored(log, limit);
        DatabaseLog.Reapplying(log, 1);
        var newest = Newest(await OpenHistoryAsync(cancellationToken));
        await ForEachAsync(newest, 1, RevertAsync, cancellationToken);
        var count = await ForEachAsync(newest, 1, ApplyAsync, cancellationToken);
        DatabaseLog.Applied(log, count);
    }

    /// <summary>
    /// Logs what <see cref="UpAsync"/> would apply, with the SQL of each migration, and changes nothing. The database need not exist.
    /// </summary>
    public async Task PlanAsync(int limit, CancellationToken cancellationToken)
    {
        var applied = await ReadIfCreatedAsync(cancellationToken);
        var missing = MigrationCatalog.All.Where(migration => !applied.ContainsKey(migration.Id)).ToArray();
        var count = limit < 0 ? missing.Length : Math.Min(limit, missing.Length);
        foreach (var migration in missing[..count])
        {
            var sql = string.Join('\n', migration.Up.Select(static step => step.Sql));
            DatabaseLog.WouldApply(log, migration.Id, sql);
        }

        DatabaseLog.Planned(log, count);
    }

    /// <summary>Logs one line for every migration, and a warning for every one that only the database contains.</summary>
    public async Task StatusAsync(int limit, CancellationToken cancellationToken)
    {
        if (limit != NoLimit) DatabaseLog.LimitIgnored(log, limit);
        var applied = await MigrationHistory.ReadAsync(database, cancellationToken)
            ?? throw new StartupException("Could not get migration records");
        foreach (var migration in MigrationCatalog.All)
        {
            var at = applied.GetValueOrDefault(migration.Id);
            var text = at?.ToString("dd MMM yy HH:mm '+0000'", CultureInfo.InvariantCulture) ?? "";
            DatabaseLog.Status(log, migration.Id, text);
            applied.Remove(migration.Id);
        }

        foreach (var id in applied.Keys.Order(StringComparer.Ordinal)) DatabaseLog.UnknownMigration(log, id, UnknownText);
    }

    private static Migration[] Newest(Dictionary<string, DateTime?> applied) =>
        [.. MigrationCatalog.All.Where(migration => applied.ContainsKey(migration.Id)).Reverse()];

    private static async Task<int> ForEachAsync(
        Migration[] migrations, int limit, Func<Migration, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var count = limit < 0 ? migrations.Length : Math.Min(limit, migrations.Length);
        for (var i = 0; i < count; i++) await run(migrations[i], cancellationToken);
        return count;
    }

    private async Task<Dictionary<string, DateTime?>> OpenHistoryAsync(CancellationToken cancellationToken)
    {
        await MigrationHistory.CreateAsync(database, cancellationToken);
        return (await MigrationHistory.ReadAsync(database, cancellationToken))!;
    }

    private async Task<Dictionary<string, DateTime?>> ReadIfCreatedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await MigrationHistory.ReadAsync(database, cancellationToken) ?? [];
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return [];
        }
    }

    /// <summary>Applies a migration; false if another process has.</summary>
    private async Task<bool> ApplyOnceAsync(Migration migration, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await DatabaseBackoff.BeforeAsync(attempt, cancellationToken);
            try
            {
                await ApplyAsync(migration, cancellationToken);
                return true;
            }
            catch (PostgresException e)
            {
                if (await IsAppliedAsync(migration, cancellationToken)) return false;
                if (attempt == MaxAttempts || !DatabaseErrors.IsConflictOfDefinitions(e)) throw;
            }
        }
    }

    private async Task<bool> IsAppliedAsync(Migration migration, CancellationToken cancellationToken) =>
        await MigrationHistory.ReadAsync(database, cancellationToken) is { } applied && applied.ContainsKey(migration.Id);

    private Task ApplyAsync(Migration migration, CancellationToken cancellationToken) =>
        RunAsync(
            migration.Up,
            (connection, token) => MigrationHistory.AddAsync(connection, migration.Id, time.GetUtcNow(), token),
            cancellationToken);

    private Task RevertAsync(Migration migration, CancellationToken cancellationToken) =>
        RunAsync(
            migration.Down,
            (connection, token) => MigrationHistory.RemoveAsync(connection, migration.Id, token),
            cancellationToken);

    /// <summary>The record is written with the last step, in the same transaction if the step has one.</summary>
    private async Task RunAsync(
        IReadOnlyList<MigrationStep> steps, Func<NpgsqlConnection, CancellationToken, Task> record,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        for (var i = 0; i < steps.Count; i++)
        {
            var isLast = i == steps.Count - 1;
            if (steps[i].Index is { } index)
            {
                await DropInvalidAsync(connection, index, cancellationToken);
                await ExecuteAsync(connection, steps[i].Sql, cancellationToken);
                if (isLast) await record(connection, cancellationToken);
                continue;
            }

            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, steps[i].Sql, cancellationToken);
            if (isLast) await record(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <summary>A failed concurrent build leaves an invalid index behind, which IF NOT EXISTS would accept.</summary>
    private static async Task DropInvalidAsync(NpgsqlConnection connection, string index, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT 1 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = $1 AND NOT i.indisvalid
            """,
            connection);
        command.Parameters.AddText(index);
        if (await command.ExecuteScalarAsync(cancellationToken) is not null)
            await ExecuteAsync(connection, $"DROP INDEX IF EXISTS {index}", cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
