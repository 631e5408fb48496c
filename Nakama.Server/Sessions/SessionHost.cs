using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;

namespace Nakama.Server.Sessions;

/// <summary>What all sessions of a node share: the registry, the wheel of their deadlines, and who listens to them.</summary>
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
        // Asked for when the first session opens: listeners may need sessions themselves.
        _listeners = new(() => [.. listeners.Value.OrderBy(static listener => listener.Stage)]);
    }

    public SessionRegistry Registry { get; }

    public SessionTimerWheel Wheel { get; }

    public SendScheduler Lanes { get; }

    /// <summary>Registers a new session and tells the listeners. A session that one of them fails over is closed.</summary>
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
                // The transport runs the session to its end; without that it would stay registered for good.
                SessionLog.ListenerFailed(_logger, e, session.Id);
                session.Close(SessionClose.ProcessingFailed);
                return;
            }
        }

        // Whoever closes all sessions may have gone through them before this one was there.
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
                // One listener's fault must not keep the user online in the eyes of the others.
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
