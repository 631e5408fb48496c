namespace Nakama.Server.Search;

/// <summary>Matches a pattern against successive terms of a field; a result may rule out terms that follow.</summary>
internal interface ITermScan
{
    /// <summary>Whether the term matches, and its score.</summary>
    /// <param name="term">The next term.</param>
    /// <param name="score">The score of the match.</param>
    /// <param name="deadLength">When positive, no term that shares this number of leading characters matches.</param>
    /// <exception cref="SearchQueryException">Matching the term exceeds a limit of the pattern.</exception>
    bool TryScore(ReadOnlySpan<char> term, out double score, out int deadLength);
}
