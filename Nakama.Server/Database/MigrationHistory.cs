using Npgsql;

namespace Nakama.Server.Database;

/// <summary>
/// The table <c>migration_info</c>, which is shared with the reference server. In old deployments its <c>applied_at</c> is
/// nullable and has no default, so every value is set explicitly.
/// </summary>
internal static class MigrationHistory
{
    private const string CreateSql = """
        CREATE TABLE IF NOT EXISTS migration_info (
            id         TEXT        NOT NULL,
            applied_at TIMESTAMPTZ NOT NULL DEFAULT now(),
            CONSTRAINT migration_info_pkey PRIMARY KEY (id)
        )
        """;

    private const string ReadSql = "SELECT id, applied_at FROM migration_info";
    private const string AddSql = "INSERT INTO migration_info (id, applied_at) VALUES ($1, $2)";
    private const string RemoveSql = "DELETE FROM migration_info WHERE id = $1";

    public static async Task CreateAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(CreateSql);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (DatabaseErrors.IsConflictOfDefinitions(e))
        {
            // Another process has created it meanwhile.
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Applied migrations and when; null when the table does not exist.</summary>
    public static async Task<Dictionary<string, DateTime?>?> ReadAsync(
        NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        try
        {
            var applied = new Dictionary<string, DateTime?>(StringComparer.Ordinal);
            await using var command = database.CreateCommand(ReadSql);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                applied[reader.GetString(0)] = reader.IsDBNull(1) ? null : reader.GetDateTime(1);
            return applied;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
    }

    public static async Task AddAsync(
        NpgsqlConnection connection, string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(AddSql, connection);
        command.Parameters.AddText(id);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task RemoveAsync(NpgsqlConnection connection, string id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(RemoveSql, connection);
        command.Parameters.AddText(id);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
