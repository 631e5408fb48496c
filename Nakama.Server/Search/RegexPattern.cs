using System.Text.RegularExpressions;

namespace Nakama.Server.Search;

/// <summary>A regular expression that a term fits as a whole. It takes time in proportion to the term, whatever it says.</summary>
internal sealed class RegexPattern : TermPattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Regex _regex;

    /// <exception cref="SearchQueryException">It is no regular expression, or one the language does not have.</exception>
    public RegexPattern(string pattern)
    {
        try
        {
            _regex = new Regex(RegexTranslator.Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        }
        // The engine refuses what would need too many states, and what it finds no sense in.
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            throw SearchQueryException.Unable("regular expression is too complex");
        }
    }

    public override bool TryScore(string term, out double score)
    {
        score = 1;
        if (term.Length > SearchLimits.RegexInput) return false;
        try
        {
            return _regex.IsMatch(term);
        }
        catch (RegexMatchTimeoutException)
        {
            throw SearchQueryException.Unable("regular expression takes too long");
        }
    }
}
