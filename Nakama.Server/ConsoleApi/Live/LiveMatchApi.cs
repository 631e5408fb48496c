using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Live;
using Nakama.Server.Cluster;
using Nakama.Server.Matches;
using Nakama.Server.Presence;
using Nakama.Server.Search;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>
/// The running matches of all nodes: each node lists and inspects its authoritative ones; relayed matches are streams, which
/// every node knows.
/// </summary>
internal sealed class LiveMatchApi(
    MatchRegistry registry, MatchIndex index, PresenceTracker tracker, ClusterPresences presences, NodeDirectory nodes, TimeProvider time) : ILiveFeature
{
    private const int MaxPresences = 500;
    private const int MaxStateChars = 256 * 1024;
    private const int MaxSignalChars = 64 * 1024;
    private const string Authoritative = "authoritative";
    private const string Relayed = "relayed";

    public void Map(LiveMap live)
    {
        live.OnAll<ListLiveMatchesRequest, LiveMatchList>("ListLiveMatches", (request, _) => new(List(request)), Merge);
        live.OnOne<InspectMatchRequest, MatchInspection>("InspectMatch", request => HomeOf(request.MatchId), InspectAsync);
        live.OnOne<SendMatchSignalRequest, Nakama.Protocol.Live.MatchSignalAnswer>("SendMatchSignal", request => HomeOf(request.MatchId), SignalAsync);
        live.OnOne<KickMatchSessionRequest, Empty>("KickMatchSession", request => HomeOf(request.MatchId), (request, _) => new(Kick(request)));
        live.OnOne<EndMatchRequest, Empty>("EndMatch", request => HomeOf(request.MatchId), (request, _) => new(End(request)));
    }

    private static StreamId Parse(string matchId) => MatchStream.TryParse(matchId, out var stream) ? stream : throw LiveErrors.IdInvalid("match");

    /// <summary>The node of an authoritative match; null for a relayed one.</summary>
    private static string? HomeOf(string matchId) => Parse(matchId) is { Mode: StreamMode.AuthoritativeMatch } stream ? stream.Label : null;

    /// <summary>The matches of this node, one more than the page takes.</summary>
    private LiveMatchList List(ListLiveMatchesRequest request)
    {
        LivePage.CheckFilters(request.Text, request.Node, request.Kind);
        var limit = LivePage.Limit(request.Limit);
        var list = new LiveMatchList();
        if (request.Kind == Relayed || (request.Node.Length > 0 && request.Node != nodes.LocalName)) return list;
        var after = Key.Read(request.Cursor);
        IEnumerable<AuthoritativeMatch> matches = registry.All.Where(match => Suits(match, request.Text));
        if (request.Query.Length > 0)
        {
            var found = Search(request.Query);
            matches = matches.Where(match => found.Contains(match.MatchId));
        }

        var page = LivePage.First(
            matches, limit + 1, static (one, other) => Key.Of(one).CompareTo(Key.Of(other)), match => Key.Of(match).CompareTo(after) > 0, out var total);
        list.Total = total;
        list.Matches.Add(page.Select(Describe));
        return list;
    }

    private HashSet<string> Search(string query)
    {
        try
        {
            var page = index.Search(new SearchRequest<IListedMatch>
            {
                Query = SearchQuery.Parse(query),
                Accept = match => match.Node == nodes.LocalName,
                Limit = int.MaxValue,
            });
            return [.. page.Hits.Select(static hit => hit.Item.MatchId)];
        }
        catch (SearchQueryException e)
        {
            throw LiveErrors.QueryInvalid(e.Message);
        }
    }

    private static bool Suits(AuthoritativeMatch match, string text) =>
        LivePage.Has(match.MatchId, text) || LivePage.Has(match.Label, text) || LivePage.Has(match.HandlerName, text);

    private LiveMatchList Merge(ListLiveMatchesRequest request, LiveAnswers<LiveMatchList> answers)
    {
        var limit = LivePage.Limit(request.Limit);
        var merged = new LiveMatchList { Unreachable = { answers.Unreachable } };
        var found = new List<LiveMatch>();
        foreach (var answer in answers.All)
        {
            found.AddRange(answer.Matches);
            merged.Total += answer.Total;
        }

        if (request.Kind != Authoritative && request.Query.Length == 0 && request.Node.Length == 0)
        {
            var after = Key.Read(request.Cursor);
            var relayed = tracker.ListStreams(StreamMode.RelayedMatch)
                .Select(static stream => new LiveMatch { MatchId = MatchStream.IdOf(stream.Stream), Size = stream.Count })
                .Where(match => LivePage.Has(match.MatchId, request.Text));
            found.AddRange(LivePage.First(
                relayed, limit + 1, static (one, other) => Key.Of(one).CompareTo(Key.Of(other)), match => Key.Of(match).CompareTo(after) > 0, out var total));
            merged.Total += total;
        }

        merged.Matches.Add(LivePage.First(found, limit + 1, static (one, other) => Key.Of(one).CompareTo(Key.Of(other))));
        merged.NextCursor = LivePage.Cut(merged.Matches, limit, static match => Key.Of(match).ToString());
        return merged;
    }

    private async ValueTask<MatchInspection> InspectAsync(InspectMatchRequest request, CancellationToken cancellationToken)
    {
        var stream = Parse(request.MatchId);
        if (stream.Mode == StreamMode.RelayedMatch) return InspectRelayed(stream);
        var match = registry.Find(stream.Subject) ?? throw LiveErrors.MatchNotFound;
        var inspection = new MatchInspection { Match = Describe(match), PresenceCount = match.Size };
        try
        {
            var state = (await match.SnapshotAsync(cancellationToken).AsTask().WaitAsync(LiveNodes.Patience / 2, time, cancellationToken)).State;
            inspection.StateBytes = Encoding.UTF8.GetByteCount(state);
            inspection.IsStateCut = state.Length > MaxStateChars;
            inspection.State = inspection.IsStateCut ? state[..(char.IsHighSurrogate(state[MaxStateChars - 1]) ? MaxStateChars - 1 : MaxStateChars)] : state;
        }
        catch (Exception e) when (e is MatchException or TimeoutException)
        {
            if (match.IsStopped) throw LiveErrors.MatchNotFound;
            inspection.StateError = "The match did not describe its state in time.";
        }

        inspection.Presences.Add(match.ListMembers(MaxPresences).Select(static member => LivePresences.Of(member.Shown, member.Node)));
        return inspection;
    }

    private MatchInspection InspectRelayed(in StreamId stream)
    {
        var members = tracker.List(stream);
        if (members.Count == 0) throw LiveErrors.MatchNotFound;
        return new MatchInspection
        {
            Match = new LiveMatch { MatchId = MatchStream.IdOf(stream), Size = members.Count },
            PresenceCount = members.Count,
            Presences = { members.Take(MaxPresences).Select(member => LivePresences.Of(member, nodes)) },
        };
    }

    private async ValueTask<Nakama.Protocol.Live.MatchSignalAnswer> SignalAsync(SendMatchSignalRequest request, CancellationToken cancellationToken)
    {
        var stream = Parse(request.MatchId);
        if (stream.Mode == StreamMode.RelayedMatch) throw LiveErrors.SignalOfRelayed;
        if (request.Data.Length > MaxSignalChars) throw LiveErrors.SignalTooLong;
        var match = registry.Find(stream.Subject) ?? throw LiveErrors.MatchNotFound;
        try
        {
            var answer = await match.SignalAsync(request.Data, cancellationToken).AsTask().WaitAsync(LiveNodes.Patience / 2, time, cancellationToken);
            return new() { Data = answer };
        }
        catch (Exception e) when (e is MatchException or TimeoutException)
        {
            throw match.IsStopped ? LiveErrors.MatchNotFound : LiveErrors.MatchBusy;
        }
    }

    private Empty Kick(KickMatchSessionRequest request)
    {
        var stream = Parse(request.MatchId);
        if (!Guid.TryParse(request.SessionId, out var sessionId)) throw LiveErrors.IdInvalid("session");
        if (stream.Mode == StreamMode.RelayedMatch)
        {
            presences.Untrack(tracker.Find(sessionId, stream) ?? throw LiveErrors.SessionNotFound);
            return new Empty();
        }

        var match = registry.Find(stream.Subject) ?? throw LiveErrors.MatchNotFound;
        return match.Kick(sessionId) ? new Empty() : throw LiveErrors.SessionNotFound;
    }

    private Empty End(EndMatchRequest request)
    {
        var stream = Parse(request.MatchId);
        if (stream.Mode == StreamMode.RelayedMatch)
        {
            if (!tracker.Exists(stream)) throw LiveErrors.MatchNotFound;
            foreach (var member in tracker.List(stream)) presences.Untrack(member);
            return new Empty();
        }

        (registry.Find(stream.Subject) ?? throw LiveErrors.MatchNotFound).Stop(disconnectsMembers: false);
        return new Empty();
    }

    private static LiveMatch Describe(AuthoritativeMatch match)
    {
        var figures = match.Statistics;
        return new LiveMatch
        {
            MatchId = match.MatchId,
            Authoritative = true,
            Node = match.Node,
            Handler = match.HandlerName,
            Label = match.Label,
            Size = match.Size,
            TickRate = match.TickRate,
            Tick = match.Tick,
            CreateTime = DateTimeOffset.FromUnixTimeMilliseconds(match.CreatedAtMs).ToTimestamp(),
            CodeVersion = match.CodeVersion,
            Timing = new MatchTiming
            {
                TickAvgMs = figures.TickAverageMs,
                TickLastMs = figures.TickLastMs,
                TickMaxMs = figures.TickMaxMs,
                LateAvgMs = figures.LateAverageMs,
                LateMaxMs = figures.LateMaxMs,
                SkippedTicks = figures.TicksSkipped,
                MessagesIn = figures.MessagesIn,
                MessagesOut = figures.MessagesOut,
                Deliveries = figures.Deliveries,
                MessagesDropped = figures.MessagesDropped,
                BytesIn = figures.BytesIn,
                BytesOut = figures.BytesOut,
            },
        };
    }

    /// <summary>The place in the list: authoritative matches before relayed ones, the youngest first.</summary>
    private readonly record struct Key(long Age, string Id) : IComparable<Key>
    {
        public static Key Of(AuthoritativeMatch match) => new(-match.CreatedAtMs, match.MatchId);

        public static Key Of(LiveMatch match) =>
            new(match.CreateTime is { } time ? -time.ToDateTimeOffset().ToUnixTimeMilliseconds() : long.MaxValue, match.MatchId);

        public static Key Read(string cursor)
        {
            var key = LivePage.Key(cursor);
            if (key.Length == 0) return new(long.MinValue, "");
            var space = key.IndexOf(' ', StringComparison.Ordinal);
            return space > 0 && long.TryParse(key.AsSpan(0, space), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var age)
                ? new(age, key[(space + 1)..])
                : throw LiveErrors.CursorInvalid;
        }

        public int CompareTo(Key other) => Age != other.Age ? Age.CompareTo(other.Age) : string.CompareOrdinal(Id, other.Id);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Age} {Id}");
    }
}
