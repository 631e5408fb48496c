using Npgsql;

namespace Nakama.Server.Database;

/// <summary>
/// Works around two faults of the driver that show when the very execution that prepares a statement fails. When a value
/// of it is refused, the driver believes the statement prepared without having seen its columns, and the next rows confuse
/// it, so that an innocent request fails and its connection is lost. When a statement before it in the same batch fails
/// after its first row, such as by a conflict over the second row it locks, the database skips the rest of the batch, and
/// the driver believes prepared what the database never saw.
/// </summary>
internal static class PreparedStatements
{
    /// <summary>Data exceptions: the only errors that a value itself causes before a statement runs.</summary>
    private const string RefusedValue = "22";

    public static bool MayBeSpoilt(PostgresException exception) =>
        exception.SqlState.StartsWith(RefusedValue, StringComparison.Ordinal);

    /// <summary>Whether the database does not know a statement that the driver believes prepared; it has run nothing of it.</summary>
    public static bool IsUnknown(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.InvalidSqlStatementName;

    /// <summary>Lets the connection forget its statements; they are prepared anew when they are used again.</summary>
    public static void Forget(NpgsqlConnection connection)
    {
        try
        {
            // One short round trip; the driver has no other way, and it is rare enough.
            connection.UnprepareAll();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // A connection that is lost has nothing to forget.
        }
    }

    public static NpgsqlCommand CreateCommand(this NpgsqlConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
