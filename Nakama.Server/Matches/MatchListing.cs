using Nakama.Server.Presence;
using Nakama.Server.Search;
using Match = Nakama.Protocol.Api.Match;

namespace Nakama.Server.Matches;

/// <summary>Lists the running matches, authoritative ones first.</summary>
public sealed class MatchListing
{
    private static readonly SearchOrder YoungestFirst = SearchOrder.By(MatchIndex.CreateTimeField, isDescending: true);
    private static readonly SearchOrder[] ByQuery = [SearchOrder.Score, YoungestFirst];
    private static readonly SearchOrder[] ByAge = [YoungestFirst];

    private readonly MatchIndex _index;
    private readonly PresenceTracker _tracker;

    internal MatchListing(MatchIndex index, PresenceTracker tracker) => (_index, _tracker) = (index, tracker);

    /// <exception cref="SearchQueryException">The query is invalid or cannot be run.</exception>
    public List<Match> List(MatchFilter filter)
    {
        var found = new List<Match>();
        if (filter.Limit <= 0) return found;
        if (filter.IsAuthoritative != false) AddAuthoritative(found, filter);
        // Relayed matches have no label, so no condition on labels matches them.
        if (filter.IsAuthoritative != true && filter is { Query: null, Label: null, Node: null }) AddRelayed(found, filter);
        return found;
    }

    private void AddAuthoritative(List<Match> found, MatchFilter filter)
    {
        var page = _index.Search(new SearchRequest<IListedMatch>
        {
            Query = filter.Query is null ? SearchQuery.All : SearchQuery.Parse(filter.Query),
            Filters = filter is { Query: null, Label: { } label } ? [SearchFilter.Is(MatchIndex.LabelField, label)] : [],
            Accept = filter is { MinSize: null, MaxSize: null, Node: null }
                ? null
                : match => filter.Accepts(match.Size) && (filter.Node is null || match.Node == filter.Node),
            Order = filter.Query is null ? ByAge : ByQuery,
            Limit = filter.Limit,
        });
        foreach (var (match, _) in page.Hits) found.Add(Show(match));
    }

    private void AddRelayed(List<Match> found, MatchFilter filter)
    {
        if (found.Count >= filter.Limit) return;
        foreach (var (stream, size) in _tracker.ListStreams(StreamMode.RelayedMatch))
        {
            if (!filter.Accepts(size)) continue;
            found.Add(new Match { MatchId = MatchStream.IdOf(stream), Size = size });
            if (found.Count >= filter.Limit) return;
        }
    }

    /// <summary>A match by its client-visible id; null when a relayed match is empty or an authoritative match has ended.</summary>
    public Match? Find(in StreamId stream)
    {
        if (stream.Mode == StreamMode.RelayedMatch)
            return _tracker.CountIn(stream) is > 0 and var size ? new Match { MatchId = MatchStream.IdOf(stream), Size = size } : null;
        return _index.Find(MatchStream.IdOf(stream)) is { } match ? Show(match) : null;
    }

    private static Match Show(IListedMatch match) => new()
    {
        MatchId = match.MatchId,
        Authoritative = true,
        Label = match.Label,
        Size = match.Size,
        TickRate = match.TickRate,
        HandlerName = match.HandlerName,
    };
}
