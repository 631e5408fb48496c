using Nakama.Server.Lifecycle;

namespace Nakama.Server.Security;

/// <summary>
/// Clears <see cref="RevocationCache"/> and its table every two session lifetimes; a late or failed sweep only keeps rows
/// longer.
/// </summary>
internal sealed class RevocationSweep(
    RevocationCache revocations, RevocationStore store, SessionOptions options, TokenLifetimes lifetimes, LoopContext context)
    : PeriodicLoop(context, TimeSpan.FromSeconds(2L * options.TokenExpirySec))
{
    protected override async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        revocations.Sweep();
        await store.DeleteAsync(revocations.Now, revocations.Oldest, revocations.Now - lifetimes.OfOperatorsSec, cancellationToken);
    }
}
