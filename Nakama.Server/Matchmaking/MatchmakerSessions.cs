using Nakama.Server.Sessions;

namespace Nakama.Server.Matchmaking;

/// <summary>Removes the tickets of closing sessions.</summary>
internal sealed class MatchmakerSessions(Matchmaker matchmaker) : ISessionListener
{
    public SessionStage Stage => SessionStage.Tickets;

    public void OnClosing(Session session, SessionClose reason) => matchmaker.RemoveSession(session.Id);
}
