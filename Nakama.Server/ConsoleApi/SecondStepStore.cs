using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.ConsoleApi;

/// <summary>The table of the last code that each operator used, so that none is accepted twice, on any node.</summary>
internal sealed class SecondStepStore(NpgsqlDataSource database)
{
    private const string TableSql = """
        CREATE TABLE IF NOT EXISTS nakama_net.second_step (
            user_id UUID   NOT NULL PRIMARY KEY,
            step    BIGINT NOT NULL)
        """;

    private const string UseSql = """
        INSERT INTO nakama_net.second_step (user_id, step) VALUES ($1, $2)
        ON CONFLICT (user_id) DO UPDATE SET step = excluded.step WHERE second_step.step < excluded.step
        """;

    public Task EnsureAsync(CancellationToken cancellationToken) =>
        OwnTables.EnsureAsync(database, "second_step", TableSql, cancellationToken);

    /// <summary>False when a code of this step or of a later one was used before.</summary>
    public ValueTask<bool> UseAsync(Guid userId, long step, CancellationToken cancellationToken) =>
        database.RetryAsync((userId, step), static async (connection, state, cancellationToken) =>
        {
            await using var command = new NpgsqlCommand(UseSql, connection);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.userId });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.step });
            return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
        }, cancellationToken);
}
