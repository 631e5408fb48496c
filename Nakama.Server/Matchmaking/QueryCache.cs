using System.Collections.Concurrent;
using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// The queries that were read lately, up to <see cref="MaxWeight"/> bytes. Most tickets of a game ask for the same or for one
/// of a few things: their queries are read once and their plans are made once a round. Queries with patterns are not kept,
/// because clients could fill the memory with them.
/// </summary>
internal sealed class QueryCache
{
    /// <summary>Regular expressions, wildcards and fuzzy terms of a ticket's query.</summary>
    public const int MaxPatterns = 4;

    /// <summary>What all queries together may weigh, in bytes.</summary>
    public const int MaxWeight = 4 * 1024 * 1024;

    private const int MaxTextLength = 256;

    /// <summary>What a query and a clause of it weigh beside their text, roughly.</summary>
    private const int QueryBytes = 300;
    private const int ClauseBytes = 120;

    private readonly ConcurrentDictionary<string, SearchQuery> _queries = new(StringComparer.Ordinal);
    private int _weight;

    /// <summary>How many are kept.</summary>
    public int Count => _queries.Count;

    /// <summary>Whether the text is a query, found out without making its patterns.</summary>
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

    /// <exception cref="SearchQueryException">The text is no query, or has too many patterns.</exception>
    public SearchQuery Parse(string text)
    {
        if (_queries.TryGetValue(text, out var known)) return known;
        var query = SearchQuery.Parse(text, MaxPatterns);
        if (query.PatternCount > MaxPatterns) throw SearchQueryException.Syntax("query has too many patterns");
        if (text.Length > MaxTextLength || query.PatternCount > 0) return query;

        var weight = QueryBytes + (text.Length * sizeof(char)) + (query.ClauseCount * ClauseBytes);
        if (Interlocked.Add(ref _weight, weight) > MaxWeight)
        {
            // Those that are asked for often are back in a moment.
            _queries.Clear();
            Volatile.Write(ref _weight, weight);
        }

        return _queries.GetOrAdd(text, query);
    }
}
