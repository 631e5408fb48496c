using Npgsql;

namespace Nakama.Server.Database;

/// <summary>
/// Tables and sequences that only this server uses. They are in a separate schema, outside the migrations, so that the other
/// server can continue with the same database.
/// </summary>
internal static class OwnTables
{
    private const string ExistsSql = """
        SELECT (SELECT count(*) FROM information_schema.tables WHERE table_schema = 'nakama_net' AND table_name = $1)
            + (SELECT count(*) FROM information_schema.sequences WHERE sequence_schema = 'nakama_net' AND sequence_name = $1)
        """;

    private const string SchemaSql = "CREATE SCHEMA IF NOT EXISTS nakama_net";

    private const int MaxAttempts = 5;

    /// <summary>Creates a table or a sequence if it is missing. Nodes that start at the same time may conflict here.</summary>
    /// <param name="database">The database.</param>
    /// <param name="name">The name without the schema.</param>
    /// <param name="sql">A statement that creates it if it does not exist.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static Task EnsureAsync(NpgsqlDataSource database, string name, string sql, CancellationToken cancellationToken) =>
        EnsureAsync(database, name, [sql], cancellationToken);

    /// <summary>The same for a table with indexes, which are created together with it.</summary>
    public static async Task EnsureAsync(NpgsqlDataSource database, string name, IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A role without the right to create may use what already exists.
            if (await ExistsAsync(database, name, cancellationToken)) return;
            await DatabaseBackoff.BeforeAsync(attempt, cancellationToken);
            try
            {
                await using var create = database.CreateBatch();
                create.Add(SchemaSql);
                foreach (var sql in statements) create.Add(sql);
                await create.RunAsync(cancellationToken);
                return;
            }
            catch (PostgresException e) when (attempt < MaxAttempts && DatabaseErrors.IsConflictOfDefinitions(e))
            {
                // The other node has created it, or is about to.
            }
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlDataSource database, string name, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ExistsSql);
        command.Parameters.AddText(name);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! > 0;
    }
}
