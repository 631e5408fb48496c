using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Cluster;

/// <summary>The terms of the owners of work, in a table of their own.</summary>
internal sealed class WorkTermStore(NpgsqlDataSource database)
{
    private const string TableSql = """
        CREATE TABLE IF NOT EXISTS nakama_net.cluster_term (
            work TEXT PRIMARY KEY,
            term BIGINT NOT NULL,
            node TEXT NOT NULL,
            taken_at TIMESTAMPTZ NOT NULL)
        """;

    private const string TakeSql = """
        INSERT INTO nakama_net.cluster_term AS work (work, term, node, taken_at) VALUES ($1, 1, $2, now())
        ON CONFLICT (work) DO UPDATE SET term = work.term + 1, node = $2, taken_at = now()
        RETURNING term
        """;

    private const string ReadSql = "SELECT term FROM nakama_net.cluster_term WHERE work = $1";

    public Task EnsureAsync(CancellationToken cancellationToken) => OwnTables.EnsureAsync(database, "cluster_term", TableSql, cancellationToken);

    /// <summary>Takes the next term for a node.</summary>
    public ValueTask<long> TakeAsync(string work, string node, CancellationToken cancellationToken) =>
        database.RetryAsync((work, node), static async (connection, state, token) =>
        {
            await using var command = connection.CreateCommand(TakeSql);
            command.Parameters.AddText(state.work).AddText(state.node);
            return (long)(await command.ExecuteScalarAsync(token))!;
        }, cancellationToken);

    /// <summary>The current term; 0 when nobody has taken one.</summary>
    public ValueTask<long> ReadAsync(string work, CancellationToken cancellationToken) =>
        database.RetryAsync(work, static async (connection, work, token) =>
        {
            await using var command = connection.CreateCommand(ReadSql);
            command.Parameters.AddText(work);
            return await command.ExecuteScalarAsync(token) as long? ?? 0;
        }, cancellationToken);
}
