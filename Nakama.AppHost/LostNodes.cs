using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nakama.AppHost;

/// <summary>
/// Starts a node again that has lost its cluster: it ends with a code of its own, because only a new process can join again.
/// </summary>
internal sealed partial class LostNodes(ResourceCommandService commands, ResourceNotificationService states, DistributedApplicationModel model, ILogger<LostNodes> logger)
    : BackgroundService
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
                var started = await commands.ExecuteCommandAsync(node, KnownResourceCommands.StartCommand, stoppingToken);
                if (!started.Success) LogNotStarted(logger, node.Name, started.Message);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app host is stopping.
        }
    }

    [LoggerMessage(LogLevel.Error, "{Node} was not started again: {Problem}")]
    private static partial void LogNotStarted(ILogger logger, string node, string? problem);
}
