using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Transactions in which somebody may take part.</summary>
internal static class RecordedTransactions
{
    /// <summary>As without a recorder, which runs before and after the work when there is one.</summary>
    public static ValueTask<T> InTransactionAsync<T>(
        this NpgsqlDataSource database, IChangeRecorder? recorder, Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken) =>
        recorder is null
            ? database.InTransactionAsync(work, cancellationToken)
            : database.InTransactionAsync(
                async (connection, token) =>
                {
                    await recorder.BeforeAsync(connection, token);
                    var result = await work(connection, token);
                    await recorder.AfterAsync(connection, token);
                    return result;
                },
                cancellationToken);

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public static async ValueTask InTransactionAsync(
        this NpgsqlDataSource database, IChangeRecorder? recorder, Func<NpgsqlConnection, CancellationToken, ValueTask> work,
        CancellationToken cancellationToken) =>
        await database.InTransactionAsync(
            recorder,
            async (connection, token) =>
            {
                await work(connection, token);
                return true;
            },
            cancellationToken);
}
