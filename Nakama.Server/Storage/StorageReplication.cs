using System.Threading.Channels;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Database;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Storage;

/// <summary>
/// Keeps the indexes up to date with writes made through other nodes: these broadcast the ids of changed objects, and one loop
/// reads the objects from the database. When the queue is full the indexes are refilled.
/// </summary>
internal sealed class StorageReplication(
    StorageIndexes indexes, StorageIndexLoader loader, StorageStore store, MessageBus bus, ILogger<StorageReplication> logger)
    : NodeBackgroundService, IBusFeature
{
    private const int MaxWaiting = 1024;
    private const int IdsAtOnce = 256;

    private static readonly BusMessage<StorageChanges> Changed = new(80);

    private readonly Channel<StorageId[]> _waiting = Channel.CreateBounded<StorageId[]>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private volatile bool _isBehind;
    private int _pending;

    /// <summary>The number of messages from other nodes that the indexes do not reflect yet.</summary>
    internal int Pending => Volatile.Read(ref _pending);

    public void Map(BusMap map)
    {
        indexes.Changed += ids =>
        {
            if (bus.IsAlone) return;
            foreach (var some in ids.Chunk(IdsAtOnce))
            {
                bus.Broadcast(Changed, new StorageChanges
                {
                    Ids = { some.Select(static id => new StorageChanges.Types.Id { Collection = id.Collection, Key = id.Key, UserId = IdBytes.Of(id.OwnerId) }) },
                });
            }
        };
        map.On(Changed, (_, changes) =>
        {
            Interlocked.Increment(ref _pending);
            if (_waiting.Writer.TryWrite([.. changes.Ids.Select(static id => new StorageId(id.Collection, id.Key, IdBytes.Read(id.UserId)))])) return;
            Interlocked.Decrement(ref _pending);
            _isBehind = true;
        });
        map.OnReset(_ =>
        {
            _isBehind = true;
            Interlocked.Increment(ref _pending);
            if (!_waiting.Writer.TryWrite([])) Interlocked.Decrement(ref _pending);
        });
    }

    protected override async Task RunUntilStoppedAsync(CancellationToken stoppingToken)
    {
        await foreach (var ids in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (_isBehind)
                {
                    _isBehind = false;
                    await loader.FillAsync(stoppingToken);
                }

                await ReadAsync(ids, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                DatabaseLog.StatementFailed(logger, e, "Reading what another node has written");
            }
            finally
            {
                Interlocked.Decrement(ref _pending);
            }
        }
    }

    private async ValueTask ReadAsync(StorageId[] ids, CancellationToken cancellationToken)
    {
        var gone = ids.ToHashSet();
        // With exact times: a write that this node made a moment earlier must not count as newer.
        foreach (var row in await store.ReadRowsAsync(ids, cancellationToken))
        {
            gone.Remove(row.Write.Id);
            foreach (var index in indexes.Covering(row.Write.Id))
                await indexes.PutAsync(index, row.Write, row.Write.Version, row.CreatedAt, row.UpdatedAt, cancellationToken);
        }

        foreach (var id in gone) indexes.Remove(id);
    }
}
