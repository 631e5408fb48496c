using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Cluster.Joining;

/// <summary>A node as the database knows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where others reach it.</param>
/// <param name="Incarnation">Its incarnation.</param>
/// <param name="IsUp">Whether it was a member of the cluster.</param>
/// <param name="IsFresh">Whether it has renewed its row lately; all others have stopped without deleting theirs.</param>
internal sealed record NodeRow(string Name, string Address, long Incarnation, bool IsUp, bool IsFresh);

/// <summary>
/// The nodes that use this database, in a table of their own. A node renews its row every second and deletes it when it leaves. All
/// times are those of the database. Transactions that decide something change one common row first, so that they run one after
/// the other under every isolation level.
/// </summary>
internal sealed class ClusterNodeStore(NpgsqlDataSource database)
{
    /// <summary>How long a row counts after it was renewed.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    private const string NodesSql = """
        CREATE TABLE IF NOT EXISTS nakama_net.cluster_node (
            name TEXT PRIMARY KEY,
            address TEXT NOT NULL,
            incarnation BIGINT NOT NULL,
            is_up BOOLEAN NOT NULL,
            alive_at TIMESTAMPTZ NOT NULL)
        """;

    private const string SettingsSql = """
        CREATE TABLE IF NOT EXISTS nakama_net.cluster_setting (
            name TEXT PRIMARY KEY,
            value BYTEA NOT NULL,
            change BIGINT NOT NULL DEFAULT 0)
        """;

    private const string AddSettingSql = "INSERT INTO nakama_net.cluster_setting (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING";

    private const string ReadSettingSql = "SELECT value FROM nakama_net.cluster_setting WHERE name = $1";

    private const string LockSql = """
        INSERT INTO nakama_net.cluster_setting (name, value, change) VALUES ('lock', '', 1)
        ON CONFLICT (name) DO UPDATE SET change = nakama_net.cluster_setting.change + 1
        """;

    private const string ListSql = """
        SELECT name, address, incarnation, is_up, alive_at > now() - $1 FROM nakama_net.cluster_node ORDER BY incarnation, name
        """;

    // The time of the database, so that a clock that was set back does not matter.
    private const string ClaimSql = """
        INSERT INTO nakama_net.cluster_node AS node (name, address, incarnation, is_up, alive_at)
        VALUES ($1, $2, CAST(extract(epoch FROM now()) * 1000 AS BIGINT), false, now())
        ON CONFLICT (name) DO UPDATE SET
            address = $2, incarnation = GREATEST(node.incarnation + 1, CAST(extract(epoch FROM now()) * 1000 AS BIGINT)), is_up = false, alive_at = now()
        RETURNING incarnation
        """;

    private const string ForgetSql = "DELETE FROM nakama_net.cluster_node WHERE alive_at < now() - $1";

    private const string RenewSql = """
        UPDATE nakama_net.cluster_node SET alive_at = now(), is_up = $3 WHERE name = $1 AND incarnation = $2
        """;

    private const string DeleteSql = "DELETE FROM nakama_net.cluster_node WHERE name = $1 AND incarnation = $2";

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await OwnTables.EnsureAsync(database, "cluster_node", NodesSql, cancellationToken);
        await OwnTables.EnsureAsync(database, "cluster_setting", SettingsSql, cancellationToken);
    }

    /// <summary>A value that all nodes share; the first one decides it.</summary>
    public async Task<byte[]> ReadOrAddSettingAsync(string name, byte[] value, CancellationToken cancellationToken)
    {
        await using (var add = database.CreateCommand(AddSettingSql))
        {
            add.Parameters.AddText(name).Add(new NpgsqlParameter<byte[]> { TypedValue = value });
            await add.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var read = database.CreateCommand(ReadSettingSql);
        read.Parameters.AddText(name);
        return (byte[])(await read.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// Takes a name for the node at an address. Returns the incarnation, or the holder of the name if that is a node at another
    /// address that may be alive.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="address">The address.</param>
    /// <param name="replaced">The incarnation of a holder that is known to be gone.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public ValueTask<(long Incarnation, NodeRow? Holder)> ClaimAsync(
        string name, string address, long? replaced, CancellationToken cancellationToken) => database.InTransactionAsync(
        async (connection, token) =>
        {
            await LockAsync(connection, token);
            var rows = await ListAsync(connection, token);
            if (rows.Find(row => row.Name == name) is { IsFresh: true } holder && holder.Address != address && holder.Incarnation != replaced)
                return (0L, holder);
            await using (var forget = new NpgsqlCommand(ForgetSql, connection))
            {
                forget.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Retention });
                await forget.ExecuteNonQueryAsync(token);
            }

            await using var claim = new NpgsqlCommand(ClaimSql, connection);
            claim.Parameters.AddText(name).AddText(address);
            return ((long)(await claim.ExecuteScalarAsync(token))!, (NodeRow?)null);
        },
        cancellationToken);

    /// <summary>All nodes, the ones that started first at the beginning.</summary>
    public async Task<List<NodeRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ListAsync(connection, cancellationToken);
    }

    /// <summary>
    /// Notes that the node is a member of a cluster of its own; false when there is another cluster, or another node has the name.
    /// </summary>
    public ValueTask<bool> FoundAsync(string name, long incarnation, CancellationToken cancellationToken) => database.InTransactionAsync(
        async (connection, token) =>
        {
            await LockAsync(connection, token);
            var rows = await ListAsync(connection, token);
            return !rows.Exists(row => row.Name != name && row is { IsFresh: true, IsUp: true }) && await RenewAsync(connection, name, incarnation, isUp: true, token);
        },
        cancellationToken);

    /// <summary>Renews the row of a node; false when another node has its name now.</summary>
    public async Task<bool> RenewAsync(string name, long incarnation, bool isUp, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await RenewAsync(connection, name, incarnation, isUp, cancellationToken);
    }

    public async Task DeleteAsync(string name, long incarnation, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DeleteSql);
        command.Parameters.AddText(name).Add(new NpgsqlParameter<long> { TypedValue = incarnation });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LockSql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<NodeRow>> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ListSql, connection);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Freshness });
        var rows = new List<NodeRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(new NodeRow(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetBoolean(3), reader.GetBoolean(4)));
        return rows;
    }

    private static async Task<bool> RenewAsync(NpgsqlConnection connection, string name, long incarnation, bool isUp, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(RenewSql, connection);
        command.Parameters.AddText(name)
            .Add(new NpgsqlParameter<long> { TypedValue = incarnation });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isUp });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
