using Nakama.Server.Presence;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.TestHost;

internal static class TrackerWaits
{
    /// <summary>Waits until all joins and leaves so far have been delivered.</summary>
    public static Task SettledAsync(this PresenceTracker tracker) => SocketNode.UntilAsync(() => tracker.PendingEventCount == 0);
}
