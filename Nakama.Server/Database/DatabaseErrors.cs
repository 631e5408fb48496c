using System.Net.Sockets;
using Nakama.Server.Errors;
using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Classifies database failures by their meaning for the caller.</summary>
public static class DatabaseErrors
{
    /// <summary>The database is unreachable or refuses connections; the same request may succeed later.</summary>
    public static ApiException Unavailable => new(StatusCode.Unavailable, "Database is currently unavailable. Try again later.");

    /// <summary>
    /// Whether the failure is one of the connection and not of the statement: the server cannot be reached, is starting or
    /// stopping, closed the connection, or the pool had none free in time. The pool discards broken connections by itself, so
    /// nothing has to be repaired here.
    /// </summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException e => IsUnavailableState(e.SqlState),
        NpgsqlException { InnerException: IOException or SocketException or TimeoutException } => true,
        NpgsqlException e => e.IsTransient,
        SocketException => true,
        _ => false,
    };

    /// <summary>Whether a unique constraint rejected the row; with a name, whether it was that one.</summary>
    public static bool IsUniqueViolation(PostgresException exception, string? constraint = null) =>
        exception.SqlState == PostgresErrorCodes.UniqueViolation
        && (constraint is null || exception.ConstraintName == constraint);

    /// <summary>Whether a check constraint rejected the row; with a name, whether it was that one.</summary>
    public static bool IsCheckViolation(PostgresException exception, string? constraint = null) =>
        exception.SqlState == PostgresErrorCodes.CheckViolation
        && (constraint is null || exception.ConstraintName == constraint);

    /// <summary>
    /// Whether a row was rejected because the account it belongs to does not exist, as happens to requests of an account
    /// that is being deleted.
    /// </summary>
    public static bool IsAccountGone(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation, ConstraintName: { } name }
        && (name.EndsWith("_user_id_fkey", StringComparison.Ordinal) || name is "message_sender_id_fkey" or "user_edge_source_id_fkey");

    /// <summary>Whether a number was out of the range of its column.</summary>
    public static bool IsOutOfRange(PostgresException exception) => exception.SqlState == PostgresErrorCodes.NumericValueOutOfRange;

    /// <summary>The text contains a character that no column can store.</summary>
    public static ApiException NulInText => new(StatusCode.InvalidArgument, "Text must not contain NUL characters.");

    /// <summary>Class 40: the transaction lost a conflict with another one and may be retried.</summary>
    internal static bool MayRetry(PostgresException exception) =>
        exception.SqlState.StartsWith("40", StringComparison.Ordinal);

    /// <summary>Whether a table, a column or the like was not created because another process was creating it at the same time.</summary>
    internal static bool IsConflictOfDefinitions(PostgresException exception) =>
        MayRetry(exception)
        || exception.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateTable
            or PostgresErrorCodes.DuplicateColumn or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.InternalError;

    private static bool IsUnavailableState(string state) =>
        state.StartsWith("08", StringComparison.Ordinal)
        || state is PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections
            or "57P05";
}
