using Nakama.Server.Lifecycle;

namespace Nakama.Server.Parties;

/// <summary>
/// Stops parties that are empty but missed the last leave, every <c>party.idle_check_interval_ms</c>; a late round
/// only keeps them longer.
/// </summary>
internal sealed class PartyIdleCheck(PartyRegistry registry, PartyOptions options, LoopContext context)
    : PeriodicLoop(context, TimeSpan.FromMilliseconds(options.IdleCheckIntervalMs))
{
    protected override ValueTask RunAsync(CancellationToken cancellationToken)
    {
        registry.StopIdle();
        return ValueTask.CompletedTask;
    }
}
