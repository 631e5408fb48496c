using Npgsql;

namespace Nakama.Server.Database;

/// <summary>
/// Works around two driver bugs that occur when the very execution that prepares a statement fails. When a parameter value is
/// rejected, the driver considers the statement prepared without having read its columns, and the next rows confuse it, so
/// that an unrelated request fails and its connection is lost. When an earlier statement of the same batch fails after its
/// first row, for example through a conflict over the second row it locks, the database skips the rest of the batch, and the
/// driver considers statements prepared that the database never received.
/// </summary>
internal static class PreparedStatements
{
    /// <summary>Data exceptions: the only errors that a value itself causes before a statement runs.</summary>
    private const string RefusedValue = "22";

    public static bool MayBeSpoilt(PostgresException exception) =>
        exception.SqlState.StartsWith(RefusedValue, StringComparison.Ordinal);

    /// <summary>Whether the database does not know a statement that the driver considers prepared; none of it was run.</summary>
    public static bool IsUnknown(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.InvalidSqlStatementName;

    /// <summary>Makes the connection forget its prepared statements; they are prepared again on their next use.</summary>
    public static void Forget(NpgsqlConnection connection)
    {
        try
        {
            // One short round trip; the driver offers no other way, and the case is rare.
            connection.UnprepareAll();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // A lost connection has no prepared statements left.
        }
    }

    public static NpgsqlCommand CreateCommand(this NpgsqlConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
