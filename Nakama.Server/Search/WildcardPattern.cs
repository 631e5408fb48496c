namespace Nakama.Server.Search;

/// <summary>A text in which <c>*</c> matches any characters and <c>?</c> any single one, except line breaks.</summary>
internal sealed class WildcardPattern(string pattern) : TermPattern
{
    // The original index of this query language stores a number as sixteen terms, and a single <c>*</c> matches all of them.
    private readonly int _fitsPerNumber = pattern.AsSpan().ContainsAnyExcept('*') ? 0 : 16;

    public override int FitsPerNumber => _fitsPerNumber;

    public override string Prefix { get; } = pattern[..Math.Max(0, pattern.AsSpan().IndexOfAny('*', '?'))];

    public override bool IsPrefixAlone => Prefix.Length < pattern.Length && !pattern.AsSpan(Prefix.Length).ContainsAnyExcept('*');

    public override bool TryScore(ReadOnlySpan<char> term, out double score)
    {
        score = 1;
        return Fits(pattern, term);
    }

    /// <summary>
    /// Only the last star has to be backtracked: earlier ones cannot lead to further matches.
    /// </summary>
    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> term)
    {
        int p = 0, t = 0, star = -1, starEnd = 0;
        while (t < term.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                starEnd = t;
            }
            else if (p < pattern.Length && TryOne(pattern[p], term, t, out var length))
            {
                p++;
                t += length;
            }
            else if (star >= 0 && term[starEnd] != '\n')
            {
                p = star + 1;
                t = ++starEnd;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    private static bool TryOne(char wanted, ReadOnlySpan<char> term, int at, out int length)
    {
        length = 1;
        if (wanted != '?') return term[at] == wanted;
        if (char.IsHighSurrogate(term[at]) && at + 1 < term.Length && char.IsLowSurrogate(term[at + 1])) length = 2;
        return term[at] != '\n' && !(char.IsLowSurrogate(term[at]) && at > 0 && char.IsHighSurrogate(term[at - 1]));
    }
}
