using Microsoft.Extensions.Hosting;

namespace Nakama.AppHost;

/// <summary>
/// Starts a node again that has lost its cluster: it ends with a code of its own, because only a new process can join again.
/// </summary>
internal sealed class LostNodes(ResourceCommandService commands, ResourceNotificationService states, DistributedApplicationModel model) : BackgroundService
{
    /// <summary>The exit code of a node that is to be started again.</summary>
    public const int ExitCode = 75;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in states.WatchAsync(stoppingToken))
            {
                if (change.Snapshot is not { ExitCode: ExitCode, State.Text: var state } || !KnownResourceStates.TerminalStates.Contains(state)) continue;
                if (model.GetProjectResources().FirstOrDefault(resource => resource.Name == change.Resource.Name) is not { } node) continue;
                await commands.ExecuteCommandAsync(node, KnownResourceCommands.StartCommand, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app host is stopping.
        }
    }
}
