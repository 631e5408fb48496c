using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Nakama.Protocol.Realtime;

namespace Nakama.Server.Sessions;

/// <summary>The open sessions of this node, by id and by user.</summary>
public sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<Guid, Session> _sessions = new();
    private readonly ConcurrentDictionary<Guid, Session[]> _byUser = new();

    // ConcurrentDictionary.Count acquires all locks.
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The open sessions; those that open or close during the enumeration may or may not be included.</summary>
    public IEnumerable<Session> All
    {
        get
        {
            foreach (var (_, session) in _sessions) yield return session;
        }
    }

    public Session? Find(Guid sessionId) => _sessions.GetValueOrDefault(sessionId);

    public bool TryFind(Guid sessionId, [NotNullWhen(true)] out Session? session) => _sessions.TryGetValue(sessionId, out session);

    /// <summary>A snapshot of one user's sessions.</summary>
    public IReadOnlyList<Session> OfUser(Guid userId) => _byUser.GetValueOrDefault(userId, []);

    /// <summary>Closes a session at the server's request. False when there is no such session.</summary>
    internal bool Disconnect(Guid sessionId, byte leaveReason = SessionClose.Disconnect)
    {
        if (Find(sessionId) is not { } session) return false;
        session.Close(leaveReason == SessionClose.Disconnect ? SessionClose.ServerSide : SessionClose.ServerSide with { LeaveReason = leaveReason });
        return true;
    }

    /// <summary>Closes all sessions of a user, optionally except one; the close notifications are written first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="exceptId">The session to keep; the empty id for none.</param>
    /// <param name="lastWords">The messages that the clients still receive.</param>
    internal int DisconnectUser(Guid userId, Guid exceptId, params ReadOnlySpan<Envelope> lastWords)
    {
        var closed = 0;
        foreach (var session in OfUser(userId))
        {
            if (session.Id == exceptId) continue;
            session.Close(SessionClose.ServerSide, lastWords);
            closed++;
        }
        return closed;
    }

    internal void Add(Session session)
    {
        if (!_sessions.TryAdd(session.Id, session)) throw new InvalidOperationException($"Session {session.Id} is already registered.");
        Interlocked.Increment(ref _count);
        _byUser.AddOrUpdate(session.UserId, static (_, added) => [added], static (_, others, added) => [.. others, added], session);
    }

    internal void Remove(Session session)
    {
        if (!_sessions.TryRemove(KeyValuePair.Create(session.Id, session))) return;
        Interlocked.Decrement(ref _count);
        while (_byUser.TryGetValue(session.UserId, out var sessions))
        {
            if (sessions.Length == 1 && sessions[0] == session)
            {
                if (_byUser.TryRemove(KeyValuePair.Create(session.UserId, sessions))) return;
            }
            else if (_byUser.TryUpdate(session.UserId, Array.FindAll(sessions, other => other != session), sessions))
            {
                return;
            }
        }
    }
}
