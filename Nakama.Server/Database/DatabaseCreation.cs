using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Creates the database that a connection string names, if it does not exist.</summary>
internal static class DatabaseCreation
{
    public static async Task EnsureAsync(string connectionString, ILogger log, CancellationToken cancellationToken)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        try
        {
            await using var connection = new NpgsqlConnection(target.ConnectionString);
            await connection.OpenAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            DatabaseLog.Creating(log, target.Database);
            await CreateAsync(target, cancellationToken);
        }
    }

    private static async Task CreateAsync(NpgsqlConnectionStringBuilder target, CancellationToken cancellationToken)
    {
        // Without a name the server opens the database named after the user.
        var own = new NpgsqlConnectionStringBuilder(target.ConnectionString) { Database = null };
        await using var connection = new NpgsqlConnection(own.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {Quote(target.Database!)}", connection);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process has created it meanwhile.
        }
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
