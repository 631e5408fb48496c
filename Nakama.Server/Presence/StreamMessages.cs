using Google.Protobuf;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

/// <summary>
/// Sends a message for a stream once to each other node that has members; that node determines which of its sessions these are.
/// </summary>
internal sealed class StreamMessages(PresenceTracker tracker) : IBusFeature
{
    private static readonly BusMessage<StreamDelivery> Delivery = new(10);

    public static void Send(MessageBus bus, ReadOnlySpan<NodeId> nodes, in StreamId stream, Guid exceptSessionId, EncodedMessage payload) => bus.Tell(
        nodes,
        Delivery,
        new StreamDelivery
        {
            Stream = stream.ToKey(),
            ExceptSessionId = IdBytes.Of(exceptSessionId),
            Envelope = UnsafeByteOperations.UnsafeWrap(payload.Protobuf),
        },
        payload.IsUnreliable);

    void IBusFeature.Map(BusMap map) => map.On(Delivery, (_, delivery) =>
    {
        var payload = new EncodedMessage(delivery.Envelope.ToByteArray());
        var except = IdBytes.Read(delivery.ExceptSessionId);
        foreach (var presence in tracker.Snapshot(StreamId.Of(delivery.Stream)))
        {
            if (presence.IsLocal && presence.SessionId != except) presence.Address.TrySend(payload);
        }
    });
}
