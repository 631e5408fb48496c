using System.Data;
using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Runs work atomically.</summary>
public static class DatabaseTransactions
{
    /// <summary>
    /// Runs the work in a transaction and commits. When the database requests a retry (SQLSTATE class 40: a conflict or a
    /// deadlock) the whole work runs again, with at most twenty attempts, so it must have no effects outside the database. An
    /// exception from the work rolls back and propagates.
    /// </summary>
    public static async ValueTask<T> InTransactionAsync<T>(
        this NpgsqlDataSource database, Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken)
    {
        var kind = await DatabaseKind.OfAsync(database, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                return kind.IsCockroach
                    ? await WithSavepointAsync(connection, work, cancellationToken)
                    : await WholeAsync(connection, kind.Isolation, work, cancellationToken);
            }
            catch (PostgresException e) when (isFirst && PreparedStatements.IsUnknown(e))
            {
                PreparedStatements.Forget(connection);
            }
            catch (PostgresException e) when (PreparedStatements.MayBeSpoilt(e))
            {
                PreparedStatements.Forget(connection);
                throw;
            }
        }
    }

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public static async ValueTask InTransactionAsync(
        this NpgsqlDataSource database, Func<NpgsqlConnection, CancellationToken, ValueTask> work,
        CancellationToken cancellationToken) =>
        await database.InTransactionAsync(
            async (connection, token) =>
            {
                await work(connection, token);
                return true;
            },
            cancellationToken);

    private static async ValueTask<T> WholeAsync<T>(
        NpgsqlConnection connection, IsolationLevel isolation, Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await DatabaseBackoff.BeforeAsync(attempt, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(isolation, cancellationToken);
            try
            {
                var result = await work(connection, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return result;
            }
            catch (PostgresException e) when (attempt < DatabaseBackoff.MaxAttempts && DatabaseErrors.MayRetry(e))
            {
                // Disposing the transaction rolls it back, and the next attempt begins another.
            }
        }
    }

    /// <summary>
    /// CockroachDB keeps the priority of a transaction that restarts from this savepoint; releasing it is the actual commit.
    /// </summary>
    private static async ValueTask<T> WithSavepointAsync<T>(
        NpgsqlConnection connection, Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken)
    {
        const string Savepoint = "cockroach_restart";
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        await transaction.SaveAsync(Savepoint, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            await DatabaseBackoff.BeforeAsync(attempt, cancellationToken);
            try
            {
                var result = await work(connection, cancellationToken);
                await transaction.ReleaseAsync(Savepoint, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return result;
            }
            catch (PostgresException e) when (attempt < DatabaseBackoff.MaxAttempts && e.SqlState is "40001" or "CR000")
            {
                await transaction.RollbackAsync(Savepoint, cancellationToken);
            }
        }
    }
}
