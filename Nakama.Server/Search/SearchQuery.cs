namespace Nakama.Server.Search;

/// <summary>A parsed query, which can be run any number of times on any index.</summary>
public sealed class SearchQuery
{
    private const string AllText = "*";

    internal SearchQuery(string text, SearchClause[] must, SearchClause[] should, SearchClause[] mustNot, int patternCount, string? fault)
    {
        Text = text;
        Must = must;
        Should = should;
        MustNot = mustNot;
        PatternCount = patternCount;
        Fault = fault;
    }

    /// <summary>Matches every document.</summary>
    public static SearchQuery All { get; } = new(AllText, [], [], [], 0, null);

    /// <summary>The query as it was written.</summary>
    public string Text { get; }

    /// <summary>Why a search will fail, such as an invalid regular expression; null when it will not.</summary>
    public string? Fault { get; }

    /// <summary>The number of regular expressions, wildcards and fuzzy terms. Each may take hundreds of kilobytes.</summary>
    public int PatternCount { get; }

    /// <summary>The number of clauses.</summary>
    public int ClauseCount => Must.Length + Should.Length + MustNot.Length;

    internal SearchClause[] Must { get; }

    internal SearchClause[] Should { get; }

    internal SearchClause[] MustNot { get; }

    /// <summary>Parses a query; the empty query matches everything.</summary>
    /// <param name="text">The query.</param>
    /// <param name="maxPatterns">Patterns beyond this number are not created, and the query then fails when it is run.</param>
    /// <exception cref="SearchQueryException">The text is not a valid query.</exception>
    public static SearchQuery Parse(string text, int maxPatterns = SearchLimits.Patterns) =>
        text is "" or AllText ? All : QueryParser.Parse(text, maxPatterns);
}
