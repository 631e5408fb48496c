using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Sessions;
using Outcome = Nakama.Server.Cluster.Messages.TrackPresenceResult.Types.Outcome;

namespace Nakama.Server.Presence;

/// <summary>The result of adding a session to a stream.</summary>
public enum TrackResult
{
    /// <summary>There is no such session, or it belongs to another user, or its node does not answer.</summary>
    UnknownSession,

    Closing,

    /// <summary>It was in the stream already.</summary>
    Existing,

    New,
}

/// <summary>
/// Adds sessions to streams and removes them, whatever node they are connected to: the session's own node makes the change, and
/// it is visible to the caller when the call completes.
/// </summary>
public sealed class ClusterPresences : IBusFeature
{
    private readonly PresenceTracker _tracker;
    private readonly SessionRegistry _sessions;
    private readonly NodeDirectory _nodes;
    private readonly MessageBus _bus;

    public ClusterPresences(PresenceTracker tracker, SessionRegistry sessions, NodeDirectory nodes, MessageBus bus) =>
        (_tracker, _sessions, _nodes, _bus) = (tracker, sessions, nodes, bus);

    /// <summary>Adds a session to a stream; completes synchronously for a session of this node when the node is alone.</summary>
    /// <param name="userId">The user that the session must belong to.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="meta">The meta of the presence.</param>
    /// <param name="isUpdate">Whether an existing presence is replaced; otherwise it keeps its meta.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public ValueTask<TrackResult> TrackAsync(
        Guid userId, Guid sessionId, StreamId stream, PresenceMeta meta, bool isUpdate, CancellationToken cancellationToken)
    {
        if (_sessions.Find(sessionId) is { } session) return SyncedAsync(Track(session, userId, stream, meta, isUpdate), cancellationToken);
        return _bus.IsAlone || !_nodes.TryFindBySession(sessionId, out var node) || node.IsLocal
            ? new(TrackResult.UnknownSession)
            : AskAsync(node, WishOf(userId, sessionId, stream, meta, isUpdate), cancellationToken);
    }

    /// <summary>
    /// Adds a session of another node to a stream, and removes it from the other streams of the mode if requested.
    /// </summary>
    internal ValueTask<TrackResult> TrackRemoteAsync(
        SessionAddress session, in StreamId stream, in PresenceMeta meta, bool isExclusive, CancellationToken cancellationToken)
    {
        var wish = WishOf(session.UserId, session.Id, stream, meta, isUpdate: false);
        wish.IsExclusive = isExclusive;
        return AskAsync(session.Node, wish, cancellationToken);
    }

    /// <summary>Removes a session from a stream.</summary>
    public void Untrack(SessionAddress session, in StreamId stream, PresenceReason reason = PresenceReason.Leave)
    {
        if (session is Session local) _tracker.Untrack(local, stream, reason);
        else if (!_bus.IsAlone) Tell(session.Node, session.UserId, session.Id, stream, reason);
    }

    /// <summary>Removes a presence from its stream.</summary>
    public void Untrack(TrackedPresence presence, PresenceReason reason = PresenceReason.Leave) =>
        Untrack(presence.Address, presence.Stream, reason);

    /// <summary>Removes a session from a stream if it belongs to this user. Does nothing when it is not found.</summary>
    public void Untrack(Guid userId, Guid sessionId, in StreamId stream)
    {
        if (_sessions.Find(sessionId) is { } session)
        {
            if (session.UserId == userId) _tracker.Untrack(session, stream);
        }
        else if (!_bus.IsAlone && _nodes.TryFindBySession(sessionId, out var node) && !node.IsLocal)
        {
            Tell(node, userId, sessionId, stream, PresenceReason.Leave);
        }
    }

    void IBusFeature.Map(BusMap map)
    {
        map.On(PresenceMessages.Untrack, (_, wish) =>
        {
            if (_sessions.Find(IdBytes.Read(wish.Session.SessionId)) is { } session && session.UserId == IdBytes.Read(wish.Session.UserId))
                _tracker.Untrack(session, StreamId.Of(wish.Stream), (PresenceReason)wish.Reason);
        });
        map.Answer(PresenceMessages.Track, async (_, wish, cancellationToken) =>
        {
            var stream = StreamId.Of(wish.Stream);
            if (_sessions.Find(IdBytes.Read(wish.Session.SessionId)) is not { } session) return new TrackPresenceResult();
            var result = Track(
                session, IdBytes.Read(wish.Session.UserId), stream, new PresenceMeta(wish.Hidden, wish.Persistence, wish.Status), wish.IsUpdate);
            if (wish.IsExclusive && result is (TrackResult.New or TrackResult.Existing))
                _tracker.UntrackByModes(session, stream.Mode, stream.Mode, stream);
            // The caller must see the presence when the answer arrives.
            await _tracker.SyncAsync(cancellationToken);
            return new TrackPresenceResult { Outcome = (Outcome)result };
        });
    }

    private async ValueTask<TrackResult> AskAsync(NodeId node, TrackPresence wish, CancellationToken cancellationToken)
    {
        try
        {
            return (TrackResult)(await _bus.AskAsync(node, PresenceMessages.Track, wish, cancellationToken)).Outcome;
        }
        catch (BusException)
        {
            return TrackResult.UnknownSession;
        }
    }

    private static TrackPresence WishOf(Guid userId, Guid sessionId, in StreamId stream, in PresenceMeta meta, bool isUpdate) => new()
    {
        Session = new SessionKey { SessionId = IdBytes.Of(sessionId), UserId = IdBytes.Of(userId) },
        Stream = stream.ToKey(),
        Hidden = meta.Hidden,
        Persistence = meta.Persistence,
        Status = meta.Status ?? "",
        IsUpdate = isUpdate,
    };

    private TrackResult Track(Session session, Guid userId, in StreamId stream, in PresenceMeta meta, bool isUpdate)
    {
        if (session.UserId != userId) return TrackResult.UnknownSession;
        if (isUpdate) return _tracker.Update(session, stream, meta) ? TrackResult.Existing : TrackResult.Closing;
        if (!_tracker.Track(session, stream, meta, out var isNew)) return TrackResult.Closing;
        return isNew ? TrackResult.New : TrackResult.Existing;
    }

    private ValueTask<TrackResult> SyncedAsync(TrackResult result, CancellationToken cancellationToken)
    {
        return _bus.IsAlone ? new(result) : WaitAsync();

        async ValueTask<TrackResult> WaitAsync()
        {
            await _tracker.SyncAsync(cancellationToken);
            return result;
        }
    }

    private void Tell(NodeId node, Guid userId, Guid sessionId, in StreamId stream, PresenceReason reason) => _bus.Tell(
        node,
        PresenceMessages.Untrack,
        new UntrackPresence
        {
            Session = new SessionKey { SessionId = IdBytes.Of(sessionId), UserId = IdBytes.Of(userId) },
            Stream = stream.ToKey(),
            Reason = (uint)reason,
        });
}
