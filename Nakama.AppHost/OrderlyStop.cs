using Microsoft.Extensions.Hosting;

namespace Nakama.AppHost;

/// <summary>
/// Stops the programs while the dashboard and the database are still running: they can send their last telemetry and close
/// their connections instead of waiting for peers that have ended.
/// </summary>
internal sealed class OrderlyStop(ResourceCommandService commands, ResourceNotificationService states, DistributedApplicationModel model) : IHostedService
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(StopTimeout);
        await Task.WhenAll(model.GetProjectResources().Select(project => StopAsync(project, limited.Token)));
    }

    private async Task StopAsync(ProjectResource project, CancellationToken cancellationToken)
    {
        try
        {
            if (!states.TryGetCurrentState(project.Name, out var current) || current.Snapshot.State?.Text != KnownResourceStates.Running) return;
            await commands.ExecuteCommandAsync(project, KnownResourceCommands.StopCommand, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The orchestrator ends the remaining programs.
        }
    }
}
