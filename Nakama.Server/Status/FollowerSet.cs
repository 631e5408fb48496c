using Nakama.Server.Sessions;

namespace Nakama.Server.Status;

/// <summary>The sessions that follow one user. An empty set is dead: a caller that finds one uses a new one instead.</summary>
internal sealed class FollowerSet
{
    private readonly HashSet<Session> _sessions = [];
    private Session[]? _snapshot;
    private bool _isDead;

    /// <summary>False when the set is dead.</summary>
    public bool TryAdd(Session session)
    {
        lock (_sessions)
        {
            if (_isDead) return false;
            if (_sessions.Add(session)) _snapshot = null;
            return true;
        }
    }

    /// <summary>True when this was the last follower, which makes the set dead.</summary>
    public bool Remove(Session session)
    {
        lock (_sessions)
        {
            if (_sessions.Remove(session)) _snapshot = null;
            return _isDead = _sessions.Count == 0;
        }
    }

    public Session[] Snapshot()
    {
        lock (_sessions) return _snapshot ??= [.. _sessions];
    }
}
