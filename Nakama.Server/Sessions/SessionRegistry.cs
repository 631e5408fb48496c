using System.Collections.Concurrent;

namespace Nakama.Server.Sessions;

/// <summary>The open sessions of this node by id.</summary>
public sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<Guid, Session> _sessions = new();

    public int Count => _sessions.Count;

    public ICollection<Session> All => _sessions.Values;

    public Session? Find(Guid sessionId) => _sessions.GetValueOrDefault(sessionId);

    public bool TryAdd(Session session) => _sessions.TryAdd(session.Id, session);

    public bool Remove(Session session) => _sessions.TryRemove(KeyValuePair.Create(session.Id, session));
}
