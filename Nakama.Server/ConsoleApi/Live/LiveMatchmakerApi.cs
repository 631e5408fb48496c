using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Live;
using Nakama.Server.Cluster;
using Nakama.Server.Errors;
using Nakama.Server.Matchmaking;
using Nakama.Server.Realtime;
using Nakama.Server.Search;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>
/// The queue of the matchmaker, which is on the node that owns the matching. An explanation looks at a copy of the queue.
/// </summary>
internal sealed class LiveMatchmakerApi(Matchmaker matchmaker, MatchmakerOptions options, NodeDirectory nodes) : ILiveFeature
{
    private const int MaxPresences = 32;
    private const int MaxCandidates = 20;
    private const int MaxProperties = 64;

    public void Map(LiveMap live)
    {
        live.OnOne<ListMatchmakerTicketsRequest, MatchmakerTicketList>("ListMatchmakerTickets", _ => Owner, (request, _) => new(List(request)));
        live.OnOne<ExplainMatchmakerTicketRequest, MatchmakerExplanation>("ExplainMatchmakerTicket", _ => Owner, (request, _) => new(Explain(request)));
        live.OnOne<RemoveMatchmakerTicketRequest, Empty>("RemoveMatchmakerTicket", _ => Owner, (request, _) => new(Remove(request)));
        live.OnOne<TryMatchmakerQueryRequest, MatchmakerExplanation>("TryMatchmakerQuery", _ => Owner, (request, _) => new(TryQuery(request)));
    }

    private string Owner => nodes.NameOf(matchmaker.Owner);

    private MatchmakerTicketList List(ListMatchmakerTicketsRequest request)
    {
        LivePage.CheckFilters(request.Text, request.UserId);
        var limit = LivePage.Limit(request.Limit);
        var key = LivePage.Key(request.Cursor);
        var after = 0L;
        if (key.Length > 0 && !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out after)) throw LiveErrors.CursorInvalid;
        var list = new MatchmakerTicketList { Owner = nodes.LocalName, IntervalSec = options.IntervalSec };
        var wanted = matchmaker.List().Where(ticket => Suits(ticket, request)).ToList();
        var page = LivePage.First(wanted, limit + 1, static (one, other) => one.Number.CompareTo(other.Number), ticket => ticket.Number > after, out var total);
        (list.Total, list.Players) = (total, wanted.Sum(static ticket => ticket.Count));
        list.NextCursor = LivePage.Cut(page, limit, static ticket => ticket.Number.ToString(CultureInfo.InvariantCulture));
        list.Tickets.Add(page.Select(Describe));
        return list;
    }

    private static bool Suits(MatchmakerTicket ticket, ListMatchmakerTicketsRequest request)
    {
        if (request.UserId.Length > 0 && !ticket.Presences.Any(presence => presence.UserId.ToString() == request.UserId)) return false;
        var text = request.Text;
        return LivePage.Has(ticket.Id, text) || LivePage.Has(ticket.Criteria.Query, text)
            || ticket.Presences.Any(presence => LivePage.Has(presence.Username, text))
            || ticket.Criteria.StringProperties.Any(property => LivePage.Has(property.Key, text) || LivePage.Has(property.Value, text));
    }

    private MatchmakerExplanation Explain(ExplainMatchmakerTicketRequest request)
    {
        var queue = matchmaker.List();
        var ticket = queue.Find(ticket => ticket.Id == request.Ticket) ?? throw LiveErrors.TicketNotFound;
        return Explain(ticket, queue);
    }

    private MatchmakerExplanation TryQuery(TryMatchmakerQueryRequest request)
    {
        if (request.StringProperties.Count + request.NumericProperties.Count > MaxProperties) throw LiveErrors.TextTooLong;
        try
        {
            var criteria = MatchmakerCriteria.Check(
                request.MinCount == 0 ? 2 : request.MinCount, request.MaxCount == 0 ? 2 : request.MaxCount, request.CountMultiple == 0 ? null : request.CountMultiple,
                request.Query, request.StringProperties, request.NumericProperties);
            return Explain(matchmaker.Imagine(criteria), matchmaker.List());
        }
        catch (Exception e) when (e is RealtimeException or MatchmakerException)
        {
            throw new ApiException(StatusCode.InvalidArgument, e.Message);
        }
    }

    private Empty Remove(RemoveMatchmakerTicketRequest request) =>
        matchmaker.RemoveTicket(request.Ticket) ? new Empty() : throw LiveErrors.TicketNotFound;

    private MatchmakerExplanation Explain(MatchmakerTicket ticket, List<MatchmakerTicket> queue)
    {
        var isMutual = options.RevPrecision && ticket.Intervals < options.RevThreshold;
        var analysis = new MatchmakerAnalysis(ticket, queue, isMutual);
        return new MatchmakerExplanation
        {
            Ticket = Describe(ticket),
            Clauses = { MatchmakerAnalysis.ClausesOf(ticket.Query).Select(clause => Describe(ticket.Query, clause.Clause, clause.Occurrence)) },
            Considered = analysis.Considered,
            IsPartial = analysis.IsPartial,
            Steps = { analysis.Steps.Select(step => Describe(ticket.Query, step)) },
            Candidates = { analysis.Candidates.Take(MaxCandidates).Select(Describe) },
            CandidateCount = analysis.Candidates.Count,
            CandidatePlayers = analysis.CandidatePlayers,
            NeededPlayers = analysis.NeededPlayers,
            Verdict = analysis.Verdict(),
            QueryError = analysis.Error ?? "",
        };
    }

    private static Nakama.Protocol.Live.MatchmakerStep Describe(SearchQuery query, Matchmaking.MatchmakerStep step)
    {
        var shown = new Nakama.Protocol.Live.MatchmakerStep { Condition = step.Condition, Excluded = step.Excluded, Remaining = step.Remaining };
        if (step.Clause is not { } clause) return shown;
        var occurrence = MatchmakerAnalysis.ClausesOf(query).First(one => ReferenceEquals(one.Clause, clause)).Occurrence;
        shown.Clause = Describe(query, clause, occurrence);
        return shown;
    }

    private static MatchmakerClause Describe(SearchQuery query, SearchClause clause, int occurrence)
    {
        var shown = new MatchmakerClause
        {
            Occurrence = occurrence switch
            {
                > 0 => MatchmakerClause.Types.Occurrence.Must,
                < 0 => MatchmakerClause.Types.Occurrence.MustNot,
                _ => MatchmakerClause.Types.Occurrence.Should,
            },
            Field = clause.Field,
            Text = MatchmakerAnalysis.TextOf(query, clause),
        };
        switch (clause)
        {
            case TermClause term:
                (shown.Kind, shown.Boost) = ("is", term.Score);
                break;
            case NumberClause number:
                (shown.Kind, shown.Boost) = ("number", number.Score);
                break;
            case RangeClause range:
                (shown.Kind, shown.Boost) = ("range", range.Score);
                if (range.Lowest != long.MinValue) shown.Lowest = SortableNumber.ToDouble(range.Lowest);
                if (range.Highest != long.MaxValue) shown.Highest = SortableNumber.ToDouble(range.Highest);
                break;
            case PatternClause pattern:
                (shown.Kind, shown.Boost) = ("pattern", pattern.Score);
                break;
            default:
                shown.Kind = "never";
                break;
        }

        return shown;
    }

    private MatchmakerTicketEntry Describe(MatchmakerTicket ticket)
    {
        var criteria = ticket.Criteria;
        var entry = new MatchmakerTicketEntry
        {
            Ticket = ticket.Id,
            PartyId = ticket.PartyId,
            Node = nodes.NameOf(ticket.Origin),
            CreateTime = ticket.CreatedAt.ToTimestamp(),
            Intervals = ticket.Intervals,
            IntervalsLeft = Math.Max(0, options.MaxIntervals - ticket.Intervals),
            IsActive = ticket.IsActive,
            MinCount = criteria.MinCount,
            MaxCount = criteria.MaxCount,
            CountMultiple = criteria.CountMultiple,
            Query = criteria.Query,
            Presences =
            {
                ticket.Presences.Take(MaxPresences).Select(static presence => new LivePresence
                {
                    SessionId = presence.SessionId.ToString(), UserId = presence.UserId.ToString(), Username = presence.Username, Node = presence.Node,
                }),
            },
        };
        foreach (var (name, value) in criteria.StringProperties) entry.StringProperties[name] = value;
        foreach (var (name, value) in criteria.NumericProperties) entry.NumericProperties[name] = value;
        return entry;
    }
}
