using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Realtime;

/// <summary>The first steps for every new session, for all transports.</summary>
public sealed class SessionOpening(SessionHost host, PresenceTracker tracker, SessionDisconnects disconnects, SessionOptions options, TimeProvider time)
{
    /// <summary>Registers the session and makes it present; then the transport may read from it.</summary>
    /// <param name="session">The new session.</param>
    /// <param name="isVisible">Whether the user appears online at once.</param>
    public void Open(Session session, bool isVisible)
    {
        host.Open(session);
        var self = (new StreamId(StreamMode.Notifications, session.UserId), new PresenceMeta(Hidden: true, Persistence: false, ""));
        if (isVisible)
        {
            var status = (new StreamId(StreamMode.Status, session.UserId), new PresenceMeta(Hidden: false, Persistence: false, ""));
            tracker.TrackMany(session, [self, status]);
        }
        else
        {
            tracker.TrackMany(session, [self]);
        }

        // The new connection does not wait until the others are closed.
        if (options.SingleSocket)
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.Opening.CloseOthers(state.Session), (Opening: this, Session: session), preferLocal: false);
    }

    private void CloseOthers(Session session) =>
        disconnects.DisconnectUser(session.UserId, session, CloseNotifications.SingleSocket(time));
}
