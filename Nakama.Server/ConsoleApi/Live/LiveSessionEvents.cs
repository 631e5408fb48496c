using Nakama.Server.Cluster;
using Nakama.Server.Sessions;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>Notes in the feed of events which sessions open and end, and which nodes come and go.</summary>
internal sealed class LiveSessionEvents(LiveEventFeed feed, NodeDirectory nodes) : ISessionListener, IBusFeature
{
    SessionStage ISessionListener.Stage => SessionStage.Watchers;

    void ISessionListener.OnOpened(Session session) =>
        feed.Add("session", "opened", session.UserIdText, session.IdText, [new("username", session.Username)]);

    void ISessionListener.OnEnded(Session session, SessionClose reason) =>
        feed.Add("session", "ended", session.UserIdText, session.IdText, [new("username", session.Username), new("reason", reason.Description)]);

    void IBusFeature.Map(BusMap map)
    {
        map.OnJoined(node => feed.Add("node", "joined", subject: nodes.NameOf(node)));
        map.OnLeft(node => feed.Add("node", "left", subject: nodes.NameOf(node)));
    }
}
