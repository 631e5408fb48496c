using System.Collections.Concurrent;
using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// The recently parsed queries, up to <see cref="MaxWeight"/> bytes. Most tickets of a game use one of a few queries, which are
/// then parsed once and planned once per round. Queries with patterns are not cached, because clients could exhaust the memory
/// with them.
/// </summary>
internal sealed class QueryCache
{
    /// <summary>The maximum number of regular expressions, wildcards and fuzzy terms of a ticket's query.</summary>
    public const int MaxPatterns = 4;

    /// <summary>The limit for all queries together, in bytes.</summary>
    public const int MaxWeight = 4 * 1024 * 1024;

    private const int MaxTextLength = 256;

    /// <summary>The approximate size of a query and of a clause, without their text.</summary>
    private const int QueryBytes = 300;
    private const int ClauseBytes = 120;

    private readonly ConcurrentDictionary<string, SearchQuery> _queries = new(StringComparer.Ordinal);
    private int _weight;

    /// <summary>The number of cached queries.</summary>
    public int Count => _queries.Count;

    /// <summary>Whether the text is a valid query, checked without creating its patterns.</summary>
    public static bool IsQuery(string text)
    {
        try
        {
            SearchQuery.Parse(text, maxPatterns: 0);
            return true;
        }
        catch (SearchQueryException)
        {
            return false;
        }
    }

    /// <exception cref="SearchQueryException">The text is not a valid query or has too many patterns.</exception>
    public SearchQuery Parse(string text)
    {
        if (_queries.TryGetValue(text, out var known)) return known;
        var query = SearchQuery.Parse(text, MaxPatterns);
        if (query.PatternCount > MaxPatterns) throw SearchQueryException.Syntax("query has too many patterns");
        if (text.Length > MaxTextLength || query.PatternCount > 0) return query;

        var weight = QueryBytes + (text.Length * sizeof(char)) + (query.ClauseCount * ClauseBytes);
        if (Interlocked.Add(ref _weight, weight) > MaxWeight)
        {
            // Frequently used queries are soon cached again.
            _queries.Clear();
            Volatile.Write(ref _weight, weight);
        }

        return _queries.GetOrAdd(text, query);
    }
}
