using Nakama.Server.Lifecycle;

namespace Nakama.Server.Search;

/// <summary>Refreshes an index at intervals; a late or failed round only delays the visibility of changes.</summary>
/// <param name="refresh">Refreshes the index.</param>
/// <param name="intervalMs">The interval in milliseconds.</param>
/// <param name="context">The services of a loop.</param>
internal sealed class LabelRefresh(Action refresh, int intervalMs, LoopContext context)
    : PeriodicLoop(context, TimeSpan.FromMilliseconds(intervalMs))
{
    protected override ValueTask RunAsync(CancellationToken cancellationToken)
    {
        refresh();
        return ValueTask.CompletedTask;
    }
}
