using Nakama.Server.Lifecycle;

namespace Nakama.Server.Search;

/// <summary>Refreshes an index at intervals; a late or a failed round only shows changes later.</summary>
/// <param name="refresh">Refreshes it.</param>
/// <param name="intervalMs">How often, in milliseconds.</param>
/// <param name="context">What every loop needs.</param>
internal sealed class LabelRefresh(Action refresh, int intervalMs, LoopContext context)
    : PeriodicLoop(context, TimeSpan.FromMilliseconds(intervalMs))
{
    protected override ValueTask RunAsync(CancellationToken cancellationToken)
    {
        refresh();
        return ValueTask.CompletedTask;
    }
}
