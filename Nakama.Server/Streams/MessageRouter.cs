using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Streams;

/// <summary>
/// Delivers messages on all nodes: resolves the receivers once, encodes once per format, never waits for a socket. Sessions of
/// this node get the message immediately; each other node that has receivers gets it once.
/// </summary>
public sealed class MessageRouter
{
    private readonly PresenceTracker _tracker;
    private readonly SessionRegistry _sessions;
    private readonly SessionDeliveries _deliveries;
    private readonly NodeDirectory _nodes;
    private readonly MessageBus _bus;

    internal MessageRouter(
        PresenceTracker tracker, SessionRegistry sessions, SessionDeliveries deliveries, NodeDirectory nodes, MessageBus bus) =>
        (_tracker, _sessions, _deliveries, _nodes, _bus) = (tracker, sessions, deliveries, nodes, bus);

    /// <summary>Sends to all presences in a stream, including hidden ones, except one session if given.</summary>
    public void SendToStream(in StreamId stream, Envelope envelope, SessionAddress? except = null)
    {
        var receivers = _tracker.Snapshot(stream, out var remoteNodes);
        if (!receivers.IsEmpty) SendToMembers(receivers, remoteNodes, stream, envelope, except);
    }

    /// <summary>The same for callers that have already looked up the members.</summary>
    internal void SendToMembers(
        ReadOnlySpan<TrackedPresence> members, ReadOnlySpan<NodeId> remoteNodes, in StreamId stream, Envelope envelope, SessionAddress? except)
    {
        var payload = new EncodedMessage(envelope);
        foreach (var presence in members)
        {
            if (presence.IsLocal && (except is null || !presence.IsOf(except))) presence.Address.TrySend(payload);
        }

        if (!remoteNodes.IsEmpty) StreamMessages.Send(_bus, remoteNodes, stream, except?.Id ?? Guid.Empty, payload);
    }

    /// <summary>Sends to the listed presences; closed sessions are skipped.</summary>
    public void SendToPresences(ReadOnlySpan<TrackedPresence> presences, Envelope envelope)
    {
        if (presences.IsEmpty) return;
        var fanout = new Fanout(new EncodedMessage(envelope));
        foreach (var presence in presences) fanout.Add(presence.Address);
        fanout.Finish(_deliveries);
    }

    /// <summary>Completes the delivery of one message to receivers that were added one by one.</summary>
    internal void Finish(in Fanout fanout) => fanout.Finish(_deliveries);

    /// <summary>Sends to the listed sessions; unknown ones are skipped.</summary>
    public void SendToSessions(ReadOnlySpan<Guid> sessionIds, Envelope envelope)
    {
        if (sessionIds.IsEmpty) return;
        var fanout = new Fanout(new EncodedMessage(envelope));
        foreach (var id in sessionIds)
        {
            if (_sessions.Find(id) is { } session) fanout.Add(session);
            else if (!_bus.IsAlone && _nodes.TryFindBySession(id, out var node) && !node.IsLocal) fanout.Add(node, id);
        }

        fanout.Finish(_deliveries);
    }

    /// <summary>Sends to one session; an unknown one is skipped.</summary>
    public void SendToSession(Guid sessionId, Envelope envelope) => SendToSessions([sessionId], envelope);

    /// <summary>Sends to every session of all nodes.</summary>
    public void SendToAll(Envelope envelope)
    {
        var payload = new EncodedMessage(envelope);
        foreach (var session in _sessions.All) session.TrySend(payload);
        _deliveries.SendToOthers(payload);
    }
}
