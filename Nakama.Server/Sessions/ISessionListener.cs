namespace Nakama.Server.Sessions;

/// <summary>When a listener is told about a session, in this order.</summary>
public enum SessionStage
{
    /// <summary>Work that waits for the session, such as matchmaker tickets.</summary>
    Tickets,

    /// <summary>Where the session is present.</summary>
    Presences,

    /// <summary>Whom the session follows.</summary>
    Follows,

    /// <summary>Those who only want to know.</summary>
    Watchers,
}

/// <summary>Told when sessions come and go. Implementations must not block and must not throw.</summary>
public interface ISessionListener
{
    SessionStage Stage { get; }

    /// <summary>The session is registered; nothing has been read from it yet.</summary>
    void OnOpened(Session session)
    {
    }

    /// <summary>The session takes no more presences and sends nothing more; its connection is still there. Called once.</summary>
    void OnClosing(Session session, SessionClose reason)
    {
    }

    /// <summary>The connection is gone. Called once, after <see cref="OnClosing"/>.</summary>
    void OnEnded(Session session, SessionClose reason)
    {
    }
}
