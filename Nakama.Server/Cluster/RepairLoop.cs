using System.Threading.Channels;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Cluster;

/// <summary>
/// Reads from the database again what messages of other nodes would have told, after some of them may have been lost: because a
/// connection began anew, because a node was lost before it could tell what it had written, or because this node has just joined and
/// had read before. A repair that fails is repeated; losses during a repair lead to one more. Waits until then.
/// </summary>
internal abstract class RepairLoop(TimeProvider time, ILogger logger) : NodeBackgroundService, IBusFeature
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>How long a node is new after it has met the first other one.</summary>
    private static readonly TimeSpan Newness = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private long _firstMet;

    public virtual void Map(BusMap map)
    {
        map.OnReset(_ => _wanted.Writer.TryWrite(true));
        map.OnLeft(_ => _wanted.Writer.TryWrite(true));
        map.OnJoined(_ =>
        {
            // Nodes are met on threads of their own.
            Interlocked.CompareExchange(ref _firstMet, time.GetTimestamp(), 0);
            if (time.GetElapsedTime(Volatile.Read(ref _firstMet)) < Newness) _wanted.Writer.TryWrite(true);
        });
    }

    protected abstract ValueTask RepairAsync(CancellationToken cancellationToken);

    protected override async Task RunUntilStoppedAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _wanted.Reader.ReadAllAsync(stoppingToken))
        {
            while (!await TryRepairAsync(stoppingToken)) await Task.Delay(PauseAfterFailure, time, stoppingToken);
        }
    }

    private async ValueTask<bool> TryRepairAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RepairAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            BusLog.RepairFailed(logger, e, GetType().Name);
            return false;
        }
    }
}
