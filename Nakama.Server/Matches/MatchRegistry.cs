using System.Collections.Concurrent;
using Nakama.Server.Cluster;
using Nakama.Server.Metrics;
using Nakama.Server.Search;

namespace Nakama.Server.Matches;

/// <summary>The matches of this node that game logic runs, by id and by what can be asked of their labels.</summary>
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

    /// <summary>How many there are.</summary>
    public int Count => _matches.Count;

    /// <summary>Null when there is no such match, or none any more.</summary>
    public IAuthoritativeMatch? Find(Guid id) => _matches.GetValueOrDefault(id);

    /// <summary>Lets players and the list find a match.</summary>
    public void Add(IAuthoritativeMatch match)
    {
        if (!_matches.TryAdd(match.Id, match)) throw new InvalidOperationException($"Match {match.Id} is already there.");
        _index.Add(IdOf(match), match);
    }

    /// <summary>False when it was not there.</summary>
    public bool Remove(IAuthoritativeMatch match)
    {
        if (!_matches.TryRemove(KeyValuePair.Create(match.Id, match))) return false;
        _index.Remove(IdOf(match));
        return true;
    }

    /// <summary>Notes that a match has a new label. The list shows it from the next refresh on, with the newest label of then.</summary>
    public void OnLabelChanged(IAuthoritativeMatch match) => _index.Change(IdOf(match));

    /// <summary>The id as clients know it.</summary>
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
