namespace Nakama.Server.Sessions;

/// <summary>The order in which listeners are notified about a session.</summary>
public enum SessionStage
{
    /// <summary>Work that waits for the session, such as matchmaker tickets.</summary>
    Tickets,

    /// <summary>The session's presences.</summary>
    Presences,

    /// <summary>The users that the session follows.</summary>
    Follows,

    /// <summary>Observers without state of the session.</summary>
    Watchers,
}

/// <summary>Notified when sessions open and close. Implementations must not block and must not throw.</summary>
public interface ISessionListener
{
    SessionStage Stage { get; }

    /// <summary>The session is registered; nothing has been read from it yet.</summary>
    void OnOpened(Session session)
    {
    }

    /// <summary>The session accepts no more presences and sends nothing more; its connection still exists. Called once.</summary>
    void OnClosing(Session session, SessionClose reason)
    {
    }

    /// <summary>The connection is gone. Called once, after <see cref="OnClosing"/>.</summary>
    void OnEnded(Session session, SessionClose reason)
    {
    }
}
