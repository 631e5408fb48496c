using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Retries single statements on databases whose default isolation makes even those conflict.</summary>
public static class DatabaseRetry
{
    /// <summary>
    /// Runs work that consists of one statement, and retries it when the database requests that (SQLSTATE class 40), with at
    /// most twenty attempts. Passing the state avoids a closure.
    /// </summary>
    public static async ValueTask<T> RetryAsync<TState, T>(
        this NpgsqlDataSource database, TState state, Func<NpgsqlConnection, TState, CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            await DatabaseBackoff.BeforeAsync(attempt, cancellationToken);
            try
            {
                return await work(connection, state, cancellationToken);
            }
            catch (PostgresException e) when (attempt < DatabaseBackoff.MaxAttempts && DatabaseErrors.MayRetry(e))
            {
                // Nothing was written, so the same work may be retried.
            }
            catch (PostgresException e) when (attempt < DatabaseBackoff.MaxAttempts && PreparedStatements.IsUnknown(e))
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

    /// <summary>The same without state, for paths where a closure is acceptable.</summary>
    public static ValueTask<T> RetryAsync<T>(
        this NpgsqlDataSource database, Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        database.RetryAsync(work, static (connection, work, cancellationToken) => work(connection, cancellationToken), cancellationToken);

    /// <summary>
    /// Whether the failure is that of a statement which the database could not or would not run, such as a text that
    /// is too long or invalid. Lost connections, cancelled requests and deleted accounts do not count.
    /// </summary>
    public static bool IsStatementFailure(Exception exception) => exception switch
    {
        NpgsqlException e => !DatabaseErrors.IsUnavailable(e) && !DatabaseErrors.IsAccountGone(e),
        System.Text.EncoderFallbackException => true,
        _ => false,
    };
}
