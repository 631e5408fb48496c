using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Tells databases apart, for what a node keeps of one outside of it.</summary>
internal static class DatabaseIdentity
{
    // A copy of a database has another name, and one that was created anew under the same name another time of its schema.
    private const string Sql = "SELECT current_database()::text, min(applied_at)::text, now() FROM migration_info";

    /// <summary>A text that differs between databases, and the current time by the clock of the database.</summary>
    public static ValueTask<(string Identity, DateTime Now)> ReadAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        database.RetryAsync(static async (connection, token) =>
        {
            await using var command = connection.CreateCommand(Sql);
            await using var row = await command.ExecuteReaderAsync(token);
            await row.ReadAsync(token);
            return ($"{row.GetString(0)} {(row.IsDBNull(1) ? "" : row.GetString(1))}", row.GetDateTime(2));
        }, cancellationToken);
}
