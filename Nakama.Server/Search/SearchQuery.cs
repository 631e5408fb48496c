namespace Nakama.Server.Search;

/// <summary>A query that has been read, ready to be asked any number of times of any index.</summary>
public sealed class SearchQuery
{
    private const string AllText = "*";

    internal SearchQuery(string text, SearchClause[] must, SearchClause[] should, SearchClause[] mustNot, string? fault)
    {
        Text = text;
        Must = must;
        Should = should;
        MustNot = mustNot;
        Fault = fault;
    }

    /// <summary>Finds every document.</summary>
    public static SearchQuery All { get; } = new(AllText, [], [], [], null);

    /// <summary>The query as it was written.</summary>
    public string Text { get; }

    /// <summary>Why a search will fail, such as a regular expression that is none; null when it will not.</summary>
    public string? Fault { get; }

    internal SearchClause[] Must { get; }

    internal SearchClause[] Should { get; }

    internal SearchClause[] MustNot { get; }

    /// <summary>Reads a query; the empty one finds everything.</summary>
    /// <exception cref="SearchQueryException">The text is no query.</exception>
    public static SearchQuery Parse(string text) => text is "" or AllText ? All : QueryParser.Parse(text);
}
