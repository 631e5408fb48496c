using System.Collections.Concurrent;
using Nakama.Server.Metrics;

namespace Nakama.Server.Matches;

/// <summary>The matches of this node that game logic runs.</summary>
public sealed class MatchRegistry
{
    private readonly ConcurrentDictionary<Guid, IAuthoritativeMatch> _matches = new();

    public MatchRegistry(ServerMetrics metrics) => metrics.Gauge("authoritative_matches", () => _matches.Count);

    /// <summary>Null when there is no such match, or none any more.</summary>
    public IAuthoritativeMatch? Find(Guid id) => _matches.GetValueOrDefault(id);

    public void Add(IAuthoritativeMatch match)
    {
        if (!_matches.TryAdd(match.Id, match)) throw new InvalidOperationException($"Match {match.Id} is already there.");
    }

    /// <summary>False when it was not there.</summary>
    public bool Remove(IAuthoritativeMatch match) => _matches.TryRemove(KeyValuePair.Create(match.Id, match));
}
