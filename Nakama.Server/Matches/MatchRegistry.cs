using System.Collections.Concurrent;
using Nakama.Server.Cluster;
using Nakama.Server.Metrics;
using Nakama.Server.Search;

namespace Nakama.Server.Matches;

/// <summary>The authoritative matches of this node, by id and by label.</summary>
public sealed class MatchRegistry
{
    internal const string LabelField = "label_string";
    internal const string CreateTimeField = "create_time";

    private readonly ConcurrentDictionary<Guid, IAuthoritativeMatch> _matches = new();
    private readonly LabelIndex<IAuthoritativeMatch> _index;
    private readonly LocalNode _node;

    public MatchRegistry(LocalNode node, ServerMetrics metrics)
    {
        _node = node;
        _index = new(Describe);
        metrics.Gauge("authoritative_matches", () => _matches.Count);
    }

    /// <summary>The number of matches.</summary>
    public int Count => _matches.Count;

    /// <summary>Null when there is no such match or it has ended.</summary>
    public IAuthoritativeMatch? Find(Guid id) => _matches.GetValueOrDefault(id);

    /// <summary>Makes a match available to joins and listings.</summary>
    public void Add(IAuthoritativeMatch match)
    {
        if (!_matches.TryAdd(match.Id, match)) throw new InvalidOperationException($"Match {match.Id} is already there.");
        _index.Add(IdOf(match), match);
    }

    /// <summary>False when the match was not registered.</summary>
    public bool Remove(IAuthoritativeMatch match)
    {
        if (!_matches.TryRemove(KeyValuePair.Create(match.Id, match))) return false;
        _index.Remove(IdOf(match));
        return true;
    }

    /// <summary>Marks the label of a match as changed. Listings show the label as of the next refresh.</summary>
    public void OnLabelChanged(IAuthoritativeMatch match) => _index.Change(IdOf(match));

    /// <summary>The id that clients use.</summary>
    public string IdOf(IAuthoritativeMatch match) => NodeBoundId.Format(match.Id, _node.Name);

    internal void RefreshLabels() => _index.Refresh();

    /// <exception cref="SearchQueryException">A clause of the query cannot be run.</exception>
    internal SearchPage<IAuthoritativeMatch> Search(SearchRequest<IAuthoritativeMatch> request) => _index.Search(request);

    private SearchDocument Describe(IAuthoritativeMatch match)
    {
        var label = match.Label;
        return new SearchDocument()
            .Keyword("node", _node.Name)
            .Keyword(LabelField, label)
            .Number("tick_rate", match.TickRate)
            .Keyword("handler_name", match.HandlerName)
            .Number(CreateTimeField, match.CreatedAtMs)
            .Json("label", label);
    }
}
