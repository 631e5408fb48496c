namespace Nakama.Server.Search;

/// <summary>A pattern on its way through the terms of a field, where one term tells something about those that follow.</summary>
internal interface ITermScan
{
    /// <summary>Whether the term fits, and how well.</summary>
    /// <param name="term">The next term.</param>
    /// <param name="score">How well it fits.</param>
    /// <param name="deadLength">When positive, no term fits that begins with so many characters of this one.</param>
    /// <exception cref="SearchQueryException">The term is too much for the pattern.</exception>
    bool TryScore(ReadOnlySpan<char> term, out double score, out int deadLength);
}
