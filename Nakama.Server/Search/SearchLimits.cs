namespace Nakama.Server.Search;

/// <summary>What a query or a document may at most be, since clients write both.</summary>
internal static class SearchLimits
{
    /// <summary>UTF-16 characters of a query.</summary>
    public const int QueryLength = 32 * 1024;

    public const int Clauses = 1024;

    /// <summary>Clauses of a query that have to look at every term of a field.</summary>
    public const int Patterns = 32;

    /// <summary>UTF-16 characters of a text that is searched with typing errors.</summary>
    public const int FuzzyLength = 256;

    public const int RegexLength = 1024;

    /// <summary>Groups within groups of a regular expression.</summary>
    public const int RegexDepth = 64;

    /// <summary>UTF-16 characters of a text; longer ones are not indexed.</summary>
    public const int TextLength = 8 * 1024;

    /// <summary>JSON values that lie deeper are not indexed.</summary>
    public const int JsonDepth = 64;

    /// <summary>UTF-16 characters of a field's path; values with a longer one are not indexed.</summary>
    public const int PathLength = 1024;
}
