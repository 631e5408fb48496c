namespace Nakama.Server.Search;

/// <summary>A query that has been read, ready to be asked any number of times of any index.</summary>
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

    /// <summary>Finds every document.</summary>
    public static SearchQuery All { get; } = new(AllText, [], [], [], 0, null);

    /// <summary>The query as it was written.</summary>
    public string Text { get; }

    /// <summary>Why a search will fail, such as a regular expression that is none; null when it will not.</summary>
    public string? Fault { get; }

    /// <summary>How many regular expressions, wildcards and fuzzy terms it has. Each may take hundreds of kilobytes.</summary>
    public int PatternCount { get; }

    /// <summary>How many clauses it has.</summary>
    public int ClauseCount => Must.Length + Should.Length + MustNot.Length;

    internal SearchClause[] Must { get; }

    internal SearchClause[] Should { get; }

    internal SearchClause[] MustNot { get; }

    /// <summary>Reads a query; the empty one finds everything.</summary>
    /// <param name="text">The query.</param>
    /// <param name="maxPatterns">Patterns beyond this number are not made, and the query then fails when it is run.</param>
    /// <exception cref="SearchQueryException">The text is no query.</exception>
    public static SearchQuery Parse(string text, int maxPatterns = SearchLimits.Patterns) =>
        text is "" or AllText ? All : QueryParser.Parse(text, maxPatterns);
}
