using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Live;
using Nakama.Server.Cluster;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>The open sessions of all nodes, by id.</summary>
internal sealed class LiveSessionApi(SessionRegistry sessions, PresenceTracker tracker, NodeDirectory nodes) : ILiveFeature
{
    // The end of the year 9999; tokens of game logic may be made to expire later.
    private const long MaxUnixSeconds = 253_402_300_799;

    public void Map(LiveMap live)
    {
        live.OnAll<ListLiveSessionsRequest, LiveSessionList>("ListLiveSessions", (request, _) => new(List(request)), Merge);
        live.OnOne<DisconnectSessionRequest, Empty>("DisconnectSession", HomeOf, (request, _) => new(Disconnect(request)));
    }

    private static Guid Parse(string sessionId) => Guid.TryParse(sessionId, out var id) ? id : throw LiveErrors.IdInvalid("session");

    private string? HomeOf(DisconnectSessionRequest request) =>
        nodes.TryFindBySession(Parse(request.SessionId), out var node) ? nodes.NameOf(node) : null;

    private LiveSessionList List(ListLiveSessionsRequest request)
    {
        LivePage.CheckFilters(request.Text, request.Node, request.UserId);
        var limit = LivePage.Limit(request.Limit);
        var after = LivePage.Key(request.Cursor);
        var list = new LiveSessionList();
        if (request.Node.Length > 0 && request.Node != nodes.LocalName) return list;
        var page = LivePage.First(
            Wanted(request), limit + 1, static (one, other) => string.CompareOrdinal(one.IdText, other.IdText), session => string.CompareOrdinal(session.IdText, after) > 0, out var total);
        list.Total = total;
        list.Sessions.Add(page.Select(Describe));
        return list;
    }

    private IEnumerable<Session> Wanted(ListLiveSessionsRequest request)
    {
        IEnumerable<Session> wanted;
        if (request.UserId.Length == 0) wanted = sessions.All;
        else wanted = Guid.TryParse(request.UserId, out var userId) ? sessions.OfUser(userId) : throw LiveErrors.IdInvalid("user");
        var text = request.Text;
        return text.Length == 0
            ? wanted
            : wanted.Where(session => LivePage.Has(session.Username, text) || LivePage.Has(session.IdText, text)
                || LivePage.Has(session.UserIdText, text) || session.ClientIp.StartsWith(text, StringComparison.Ordinal));
    }

    private static LiveSessionList Merge(ListLiveSessionsRequest request, LiveAnswers<LiveSessionList> answers)
    {
        var limit = LivePage.Limit(request.Limit);
        var merged = new LiveSessionList { Unreachable = { answers.Unreachable } };
        foreach (var answer in answers.All) merged.Total += answer.Total;
        var found = answers.All.SelectMany(static answer => answer.Sessions);
        merged.Sessions.Add(LivePage.First(found, limit + 1, static (one, other) => string.CompareOrdinal(one.SessionId, other.SessionId)));
        merged.NextCursor = LivePage.Cut(merged.Sessions, limit, static session => session.SessionId);
        return merged;
    }

    private Empty Disconnect(DisconnectSessionRequest request) =>
        sessions.Disconnect(Parse(request.SessionId)) ? new Empty() : throw LiveErrors.SessionNotFound;

    private LiveSession Describe(Session session) => new()
    {
        SessionId = session.IdText,
        UserId = session.UserIdText,
        Username = session.Username,
        Node = nodes.LocalName,
        Format = session.Format switch
        {
            SessionFormat.WebSocketJson => "websocket-json",
            SessionFormat.WebSocketProtobuf => "websocket-protobuf",
            SessionFormat.SignalR => "signalr",
            _ => "rudp",
        },
        ClientIp = session.ClientIp,
        ClientPort = session.ClientPort,
        Lang = session.Lang,
        TokenExpiry = session.Expiry is > 0 and <= MaxUnixSeconds ? Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeSeconds(session.Expiry)) : null,
        StreamCount = tracker.ListOf(session).Count,
        ConnectTime = LocalNode.TimeOf(session.Id).ToTimestamp(),
    };
}
