namespace Nakama.Server.Lifecycle;

/// <summary>The phases of a node, in the order in which it goes through them.</summary>
public enum NodePhase
{
    /// <summary>The schema is checked, modules and caches are loaded; no listener is open.</summary>
    Starting,

    /// <summary>Everything is served.</summary>
    Ready,

    /// <summary>Requests are served and open sockets go on; new sockets are refused. Lasts for the grace period at most.</summary>
    Draining,

    /// <summary>Sessions are closed with a reason; new connections are closed at once, open ones within two seconds.</summary>
    Closing,

    /// <summary>Nothing is served any more.</summary>
    Stopped,
}
