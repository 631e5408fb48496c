using Nakama.Server.Lifecycle;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// Makes matches once per interval, counted from the start of the node. A round that takes longer than the interval is
/// followed by the next one at once; rounds never overlap.
/// </summary>
internal sealed class MatchmakerLoop(Matchmaker matchmaker, MatchmakerInterval rounds, MatchmakerOptions options, LoopContext context)
    : PeriodicLoop(context, TimeSpan.FromSeconds(options.IntervalSec))
{
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        matchmaker.Stop();
        return base.StopAsync(cancellationToken);
    }

    protected override async ValueTask RunAsync(CancellationToken cancellationToken) => await rounds.RunAsync(cancellationToken);
}
