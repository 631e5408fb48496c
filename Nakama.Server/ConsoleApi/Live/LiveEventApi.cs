using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Live;
using Nakama.Server.Cluster;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>The last events of all nodes.</summary>
internal sealed class LiveEventApi(LiveEventFeed feed, NodeDirectory nodes) : ILiveFeature
{
    private const int Usual = 200;
    private const int Most = 500;

    public void Map(LiveMap live) => live.OnAll<ListLiveEventsRequest, LiveEventList>("ListLiveEvents", (request, _) => new(List(request)), Merge);

    private LiveEventList List(ListLiveEventsRequest request)
    {
        LivePage.CheckFilters(request.Kind, request.Text, request.Node);
        var limit = LivePage.Limit(request.Limit, Usual, Most);
        var list = new LiveEventList();
        if (request.Node.Length > 0 && request.Node != nodes.LocalName) return list;
        var events = feed.Snapshot();
        for (var i = events.Length - 1; i >= 0 && list.Events.Count < limit; i--)
        {
            if (Suits(events[i], request)) list.Events.Add(Describe(events[i]));
        }

        return list;
    }

    private static bool Suits(NodeEvent happened, ListLiveEventsRequest request) =>
        (request.Kind.Length == 0 || happened.Kind == request.Kind)
        && (LivePage.Has(happened.Name, request.Text) || LivePage.Has(happened.UserId, request.Text) || LivePage.Has(happened.Subject, request.Text)
            || happened.Properties.Any(property => LivePage.Has(property.Value, request.Text)));

    private static LiveEventList Merge(ListLiveEventsRequest request, LiveAnswers<LiveEventList> answers)
    {
        var limit = LivePage.Limit(request.Limit, Usual, Most);
        var newest = answers.All.SelectMany(static answer => answer.Events)
            .OrderByDescending(static happened => happened.Time.ToDateTimeOffset()).ThenByDescending(static happened => happened.Number).Take(limit);
        return new LiveEventList { Events = { newest.Reverse() }, Unreachable = { answers.Unreachable } };
    }

    private LiveEvent Describe(NodeEvent happened)
    {
        var shown = new LiveEvent
        {
            Node = nodes.LocalName,
            Number = happened.Number,
            Time = happened.Time.ToTimestamp(),
            Kind = happened.Kind,
            Name = happened.Name,
            UserId = happened.UserId,
            Subject = happened.Subject,
        };
        foreach (var (name, value) in happened.Properties) shown.Properties[name] = value;
        return shown;
    }
}
