using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Parties;

/// <summary>The bus messages about parties.</summary>
internal static class PartyMessages
{
    public static readonly BusQuestion<PartyRequest, PartyAnswer> Request = new(40);
    public static readonly BusMessage<PartySlotReleased> SlotReleased = new(41);
}
