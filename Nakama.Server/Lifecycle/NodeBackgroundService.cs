namespace Nakama.Server.Lifecycle;

/// <summary>
/// Work that runs for as long as the node does. Ending because the node stops, or because another part has failed to
/// start, is not a failure, and the host does not log it as one.
/// </summary>
public abstract class NodeBackgroundService : BackgroundService
{
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunUntilStoppedAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Expected when the node stops.
        }
    }

    /// <summary>
    /// The work. An exception that it does not catch ends it permanently and is logged by the host; the node continues.
    /// </summary>
    protected abstract Task RunUntilStoppedAsync(CancellationToken stoppingToken);
}
