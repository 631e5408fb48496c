using System.Collections.Concurrent;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Status;

/// <summary>
/// The status followers on this node, and the messages that are sent on a change. A session always follows its own user
/// without an entry here; other follows last as long as the session.
/// </summary>
public sealed class StatusRegistry(SessionRegistry sessions, NodeDirectory nodes, MessageBus bus) : IPresenceListener, ISessionListener, IBusFeature
{
    private readonly ConcurrentDictionary<Guid, FollowerSet> _followers = new();

    // Each set is locked by itself; closing the session empties it for good.
    private readonly ConcurrentDictionary<Session, HashSet<Guid>> _follows = new();

    private static readonly BusMessage<StatusFollows> Follows = new(30);

    byte IPresenceListener.Mode => StreamMode.Status;

    bool IPresenceListener.ReplacesEvent => true;

    SessionStage ISessionListener.Stage => SessionStage.Follows;

    /// <summary>The number of users that are followed by users other than themselves.</summary>
    public int FollowedCount => _followers.Count;

    /// <summary>Follows users until the session ends or unfollows them. Does nothing for a closing session.</summary>
    public void Follow(Session session, IReadOnlyList<Guid> userIds)
    {
        var follows = _follows.GetOrAdd(session, static _ => []);
        lock (follows)
        {
            if (session.IsClosing)
            {
                _follows.TryRemove(session, out _);
                return;
            }
            foreach (var userId in userIds)
            {
                if (userId != session.UserId && follows.Add(userId)) AddFollower(userId, session);
            }
        }
    }

    public void Unfollow(Session session, IReadOnlyList<Guid> userIds)
    {
        if (!_follows.TryGetValue(session, out var follows)) return;
        lock (follows)
        {
            foreach (var userId in userIds)
            {
                if (follows.Remove(userId)) RemoveFollower(userId, session);
            }
        }
    }

    /// <summary>Makes a session of any node follow or unfollow users; a session that does not exist is not an error.</summary>
    public void Change(Guid sessionId, IReadOnlyList<Guid> userIds, bool isEnd)
    {
        if (sessions.Find(sessionId) is { } session)
        {
            if (isEnd) Unfollow(session, userIds);
            else Follow(session, userIds);
        }
        else if (!bus.IsAlone && nodes.TryFindBySession(sessionId, out var node) && !node.IsLocal)
        {
            bus.Tell(node, Follows, new StatusFollows { SessionId = IdBytes.Of(sessionId), UserIds = { userIds.Select(IdBytes.Of) }, IsEnd = isEnd });
        }
    }

    void IBusFeature.Map(BusMap map) =>
        map.On(Follows, (_, wish) => Change(IdBytes.Read(wish.SessionId), [.. wish.UserIds.Select(IdBytes.Read)], wish.IsEnd));

    void ISessionListener.OnClosing(Session session, SessionClose reason)
    {
        if (!_follows.TryRemove(session, out var follows)) return;
        lock (follows)
        {
            foreach (var userId in follows) RemoveFollower(userId, session);
            follows.Clear();
        }
    }

    void IPresenceListener.OnPresenceEvent(
        StreamId stream, IReadOnlyList<TrackedPresence> joins, IReadOnlyList<TrackedPresence> leaves, PresenceReason reason)
    {
        var own = sessions.OfUser(stream.Subject);
        var others = _followers.TryGetValue(stream.Subject, out var followers) ? followers.Snapshot() : [];
        if (own.Count == 0 && others.Length == 0) return;

        var happened = new StatusPresenceEvent();
        foreach (var join in joins) happened.Joins.Add(join.ToUserPresence());
        foreach (var leave in leaves) happened.Leaves.Add(leave.ToUserPresence());
        var payload = new EncodedMessage(new Envelope { StatusPresenceEvent = happened });
        foreach (var session in own) session.TrySend(payload);
        foreach (var session in others) session.TrySend(payload);
    }

    private void AddFollower(Guid userId, Session session)
    {
        while (true)
        {
            var followers = _followers.GetOrAdd(userId, static _ => new FollowerSet());
            if (followers.TryAdd(session)) return;
            _followers.TryRemove(KeyValuePair.Create(userId, followers));
        }
    }

    private void RemoveFollower(Guid userId, Session session)
    {
        if (_followers.TryGetValue(userId, out var followers) && followers.Remove(session))
            _followers.TryRemove(KeyValuePair.Create(userId, followers));
    }
}
