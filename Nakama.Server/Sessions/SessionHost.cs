using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;

namespace Nakama.Server.Sessions;

/// <summary>
/// The state that all sessions of a node share: the registry, the timer wheel for their deadlines, and the session listeners.
/// </summary>
public sealed class SessionHost
{
    private readonly Lazy<ISessionListener[]> _listeners;
    private readonly NodeLifecycle _lifecycle;
    private readonly ILogger<Session> _logger;

    public SessionHost(
        SessionRegistry registry,
        SessionTimerWheel wheel,
        SendScheduler lanes,
        Lazy<IEnumerable<ISessionListener>> listeners,
        NodeLifecycle lifecycle,
        ServerMetrics metrics,
        ILogger<Session> logger)
    {
        _lifecycle = lifecycle;
        Registry = registry;
        Wheel = wheel;
        Lanes = lanes;
        metrics.Gauge("sessions", () => registry.Count);
        _logger = logger;
        // Resolved when the first session opens, since listeners may depend on sessions themselves.
        _listeners = new(() => [.. listeners.Value.OrderBy(static listener => listener.Stage)]);
    }

    public SessionRegistry Registry { get; }

    public SessionTimerWheel Wheel { get; }

    public SendScheduler Lanes { get; }

    /// <summary>Registers a new session and notifies the listeners. When a listener fails, the session is closed.</summary>
    public void Open(Session session)
    {
        Registry.Add(session);
        foreach (var listener in _listeners.Value)
        {
            try
            {
                listener.OnOpened(session);
            }
            catch (Exception e)
            {
                // The exception is not rethrown: if the transport did not run the session to its end, it would stay registered.
                SessionLog.ListenerFailed(_logger, e, session.Id);
                session.Close(SessionClose.ProcessingFailed);
                return;
            }
        }

        // The loop that closes all sessions may have finished before this one was registered.
        if (_lifecycle.Phase >= NodePhase.Closing) session.Close(SessionClose.ServerSide);
    }

    internal void Closing(Session session, SessionClose reason)
    {
        foreach (var listener in _listeners.Value)
        {
            try
            {
                listener.OnClosing(session, reason);
            }
            catch (Exception e)
            {
                // A failing listener must not prevent the others from being notified of the close.
                SessionLog.ListenerFailed(_logger, e, session.Id);
            }
        }
        Registry.Remove(session);
    }

    internal void Ended(Session session, SessionClose reason)
    {
        SessionLog.Closed(_logger, session.Id, reason.Description);
        foreach (var listener in _listeners.Value)
        {
            try
            {
                listener.OnEnded(session, reason);
            }
            catch (Exception e)
            {
                SessionLog.ListenerFailed(_logger, e, session.Id);
            }
        }
    }
}
