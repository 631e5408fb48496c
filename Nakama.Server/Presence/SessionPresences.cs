using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

/// <summary>Removes a closing session from all its streams.</summary>
internal sealed class SessionPresences(PresenceTracker tracker) : ISessionListener
{
    public SessionStage Stage => SessionStage.Presences;

    public void OnClosing(Session session, SessionClose reason) => tracker.UntrackAll(session, (PresenceReason)reason.LeaveReason);
}
