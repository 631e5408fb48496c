using System.Text.RegularExpressions;

namespace Nakama.Server.Search;

/// <summary>A regular expression that a term fits as a whole. It takes time in proportion to the term, whatever it says.</summary>
internal sealed class RegexPattern : TermPattern
{
    // Time on the clock, which a busy machine lets pass: a term takes microseconds otherwise.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Regex _regex;

    /// <exception cref="SearchQueryException">It is no regular expression, or one the language does not have.</exception>
    public RegexPattern(string pattern)
    {
        try
        {
            var translated = RegexTranslator.Translate(pattern);
            Prefix = translated.Prefix;
            _regex = new Regex(translated.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        }
        // The engine refuses what would need too many states, and what it finds no sense in.
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            throw SearchQueryException.Unable("regular expression is too complex");
        }
    }

    public override string Prefix { get; }

    public override bool TryScore(ReadOnlySpan<char> term, out double score)
    {
        score = 1;
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
