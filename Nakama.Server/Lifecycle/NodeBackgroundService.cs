namespace Nakama.Server.Lifecycle;

/// <summary>
/// Work that runs for as long as the node does. That it ends because the node stops, or because another part has failed to
/// start, is no failure, and the host does not tell of it as one.
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
            // As it should be.
        }
    }

    /// <summary>The work. Whatever it does not catch ends it for good and is logged by the host; the node goes on.</summary>
    protected abstract Task RunUntilStoppedAsync(CancellationToken stoppingToken);
}
