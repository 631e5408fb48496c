using System.Text.RegularExpressions;

namespace Nakama.Server.Search;

/// <summary>A regular expression that matches whole terms. Matching is linear in the length of the term.</summary>
internal sealed class RegexPattern : TermPattern
{
    // Wall-clock time, so generous for a busy machine; a term normally takes microseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Regex _regex;

    /// <exception cref="SearchQueryException">The expression is invalid or not supported by the query language.</exception>
    public RegexPattern(string pattern)
    {
        try
        {
            var translated = RegexTranslator.Translate(pattern);
            Prefix = translated.Prefix;
            _regex = new Regex(translated.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        }
        // The engine rejects expressions that need too many states or that it cannot parse.
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
