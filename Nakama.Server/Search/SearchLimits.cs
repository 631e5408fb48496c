namespace Nakama.Server.Search;

/// <summary>Limits of queries and documents, because clients supply both.</summary>
internal static class SearchLimits
{
    /// <summary>UTF-16 characters of a query.</summary>
    public const int QueryLength = 32 * 1024;

    public const int Clauses = 1024;

    /// <summary>Clauses of a query that have to scan every term of a field.</summary>
    public const int Patterns = 32;

    /// <summary>UTF-16 characters of a fuzzy term.</summary>
    public const int FuzzyLength = 256;

    public const int RegexLength = 1024;

    /// <summary>The nesting depth of groups in a regular expression.</summary>
    public const int RegexDepth = 64;

    /// <summary>UTF-16 characters of a text; longer ones are not indexed.</summary>
    public const int TextLength = 8 * 1024;

    /// <summary>The nesting depth of JSON; deeper values are not indexed.</summary>
    public const int JsonDepth = 64;

    /// <summary>UTF-16 characters of a field's path; values with a longer one are not indexed.</summary>
    public const int PathLength = 1024;
}
