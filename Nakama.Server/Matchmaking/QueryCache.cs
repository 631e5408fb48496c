using System.Collections.Concurrent;
using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// The queries that were read lately. Most tickets of a game ask for the same or for one of a few things: their queries are
/// read once and their plans are made once a round.
/// </summary>
internal sealed class QueryCache
{
    private const int MostQueries = 4096;
    private const int LongestText = 256;

    private readonly ConcurrentDictionary<string, SearchQuery> _queries = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many are kept.</summary>
    public int Count => _queries.Count;

    /// <exception cref="SearchQueryException">The text is no query.</exception>
    public SearchQuery Parse(string text)
    {
        if (_queries.TryGetValue(text, out var known)) return known;
        var query = SearchQuery.Parse(text);
        if (text.Length > LongestText) return query;

        if (Interlocked.Increment(ref _count) > MostQueries)
        {
            // Those that are asked for often are back in a moment.
            _queries.Clear();
            Volatile.Write(ref _count, 1);
        }

        return _queries.GetOrAdd(text, query);
    }
}
