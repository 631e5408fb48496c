namespace Nakama.Server.Cluster;

/// <summary>
/// Reads from the database again what messages of other nodes would have told, after some of them may have been lost: because a
/// connection began anew, or because a node was lost before it could tell what it had written. A repair that fails is repeated. Costs
/// nothing until then.
/// </summary>
internal abstract class RepairLoop(TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposed = new();
    private Task? _running;
    private bool _isWanted;

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes losses of messages lead to a repair.</summary>
    protected void RepairAfterLosses(BusMap map)
    {
        map.OnReset(_ => Want());
        map.OnLeft(_ => Want());
    }

    protected abstract ValueTask RepairAsync(CancellationToken cancellationToken);

    private void Want()
    {
        lock (_gate)
        {
            _isWanted = true;
            if (_running is null && !_disposed.IsCancellationRequested) _running = RunAsync(_disposed.Token);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // The caller reads messages of a node.
        await Task.Yield();
        while (true)
        {
            lock (_gate)
            {
                if (!_isWanted || cancellationToken.IsCancellationRequested)
                {
                    _running = null;
                    return;
                }

                _isWanted = false;
            }

            try
            {
                await RepairAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                BusLog.RepairFailed(logger, e, GetType().Name);
                lock (_gate) _isWanted = true;
                await Task.Delay(PauseAfterFailure, time, CancellationToken.None);
            }
        }
    }
}
