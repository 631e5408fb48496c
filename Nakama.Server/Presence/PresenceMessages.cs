using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Presence;

/// <summary>The messages about presences between nodes. Changes that are lost are noticed by their numbers and sent again.</summary>
internal static class PresenceMessages
{
    public static readonly BusMessage<PresenceChanges> Changes = new(11) { IsDroppable = true };
    public static readonly BusMessage<PresenceSnapshot> Snapshot = new(12) { IsDroppable = true };
    public static readonly BusMessage<PresenceDigest> Digest = new(13) { IsDroppable = true };
    public static readonly BusMessage<PresenceSnapshotRequest> SnapshotRequest = new(14) { IsDroppable = true };
    public static readonly BusMessage<PresenceSync> Sync = new(15);
    public static readonly BusMessage<PresenceSynced> Synced = new(16);
    public static readonly BusMessage<CloseStream> CloseStream = new(17);
    public static readonly BusMessage<UntrackPresence> Untrack = new(18);
    public static readonly BusQuestion<TrackPresence, TrackPresenceResult> Track = new(19);
}
