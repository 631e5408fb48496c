using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Sessions;
using Outcome = Nakama.Server.Cluster.Messages.TrackPresenceResult.Types.Outcome;

namespace Nakama.Server.Presence;

/// <summary>What became of a session that was to be put into a stream.</summary>
public enum TrackResult
{
    /// <summary>There is no such session, or it is another user's, or its node does not answer.</summary>
    UnknownSession,

    Closing,

    /// <summary>It was there already.</summary>
    Existing,

    New,
}

/// <summary>
/// Puts sessions into streams and takes them out, whatever node they are connected to: their own node does it, and those that ask
/// for it see it done when the call completes.
/// </summary>
public sealed class ClusterPresences : IBusFeature
{
    private readonly PresenceTracker _tracker;
    private readonly SessionRegistry _sessions;
    private readonly NodeDirectory _nodes;
    private readonly MessageBus _bus;

    public ClusterPresences(PresenceTracker tracker, SessionRegistry sessions, NodeDirectory nodes, MessageBus bus) =>
        (_tracker, _sessions, _nodes, _bus) = (tracker, sessions, nodes, bus);

    /// <summary>Puts a session into a stream; completes at once for a session of this node when the node is alone.</summary>
    /// <param name="userId">Whose session it must be.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="meta">How it takes part.</param>
    /// <param name="isUpdate">Whether an existing presence is replaced; otherwise it keeps its meta.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<TrackResult> TrackAsync(
        Guid userId, Guid sessionId, StreamId stream, PresenceMeta meta, bool isUpdate, CancellationToken cancellationToken)
    {
        if (_sessions.Find(sessionId) is { } session) return SyncedAsync(Track(session, userId, stream, meta, isUpdate), cancellationToken);
        return _bus.IsAlone || !_nodes.TryFindBySession(sessionId, out var node) || node.IsLocal
            ? new(TrackResult.UnknownSession)
            : AskAsync(node, WishOf(userId, sessionId, stream, meta, isUpdate), cancellationToken);
    }

    /// <summary>Puts a session of another node into a stream; it leaves the others of the mode if that is wanted.</summary>
    internal ValueTask<TrackResult> TrackRemoteAsync(
        SessionAddress session, in StreamId stream, in PresenceMeta meta, bool isExclusive, CancellationToken cancellationToken)
    {
        var wish = WishOf(session.UserId, session.Id, stream, meta, isUpdate: false);
        wish.IsExclusive = isExclusive;
        return AskAsync(session.Node, wish, cancellationToken);
    }

    /// <summary>Takes a session out of a stream.</summary>
    public void Untrack(SessionAddress session, in StreamId stream, PresenceReason reason = PresenceReason.Leave)
    {
        if (session is Session local) _tracker.Untrack(local, stream, reason);
        else if (!_bus.IsAlone) Tell(session.Node, session.UserId, session.Id, stream, reason);
    }

    /// <summary>Takes a presence out of its stream.</summary>
    public void Untrack(TrackedPresence presence, PresenceReason reason = PresenceReason.Leave) =>
        Untrack(presence.Address, presence.Stream, reason);

    /// <summary>Takes a session out of a stream, if it is this user's. Nothing happens when it is not found.</summary>
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
            // Who asks sees the presence when the answer comes.
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
