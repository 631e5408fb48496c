using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>Deletes all data of players, and makes every node forget what it keeps of it in memory.</summary>
public sealed class DataDeletion(
    NpgsqlDataSource database, IEnumerable<IDroppedDataListener> listeners, MessageBus bus, ILogger<DataDeletion> log) : IBusFeature
{
    // The tables refer to each other, so they are emptied in one statement.
    private const string TruncateSql = """
        TRUNCATE TABLE users, user_edge, user_device, user_tombstone, wallet_ledger, storage, purchase, subscription, notification,
            message, leaderboard, leaderboard_record, groups, group_edge, users_notes
        """;

    private const string SystemUserSql = """
        INSERT INTO users (id, username) VALUES ('00000000-0000-0000-0000-000000000000', '') ON CONFLICT (id) DO NOTHING
        """;

    private static readonly BusMessage<DataDropped> Dropped = new(85);

    private readonly IDroppedDataListener[] _listeners = [.. listeners];

    /// <summary>
    /// Deletes everything but the settings, operators, their templates and the audit log. Once begun it cannot be cancelled: the
    /// nodes must forget what was deleted.
    /// </summary>
    public async ValueTask DeleteEverythingAsync()
    {
        // Both or none: a batch is a transaction. Within an explicit one, CockroachDB does not write to a table it has truncated.
        await database.RetryAsync(
            static async (connection, token) =>
            {
                await using var batch = connection.CreateBatch();
                batch.Add(TruncateSql);
                batch.Add(SystemUserSql);
                return await batch.ExecuteNonQueryAsync(token);
            },
            CancellationToken.None);
        Forget(DroppedData.Everything);
    }

    /// <summary>To be called after data was deleted as a whole: this node and all others drop what they keep of it.</summary>
    public void Forget(DroppedData data)
    {
        bus.Broadcast(Dropped, new DataDropped { Kind = (uint)data });
        Drop(data);
    }

    void IBusFeature.Map(BusMap map) => map.On(Dropped, (_, dropped) => Drop((DroppedData)dropped.Kind));

    private void Drop(DroppedData data)
    {
        foreach (var listener in _listeners)
        {
            try
            {
                listener.Drop(data);
            }
            catch (Exception e)
            {
                AccountLog.DropFailed(log, e, listener.GetType().Name);
            }
        }
    }
}
