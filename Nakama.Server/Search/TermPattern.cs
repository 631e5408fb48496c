namespace Nakama.Server.Search;

/// <summary>A pattern that matches terms of a field and scores them.</summary>
internal abstract class TermPattern
{
    /// <summary>How often the pattern matches each number or date of the field.</summary>
    public virtual int FitsPerNumber => 0;

    /// <summary>Whether all matching terms have the same score.</summary>
    public virtual bool IsUniform => true;

    /// <summary>The prefix of every matching term, so that only this range of the sorted terms has to be scanned.</summary>
    public virtual string Prefix => "";

    /// <summary>Whether every single-line text that starts with <see cref="Prefix"/> matches.</summary>
    public virtual bool IsPrefixAlone => false;

    /// <exception cref="SearchQueryException">Matching the term exceeds a limit of the pattern.</exception>
    public abstract bool TryScore(ReadOnlySpan<char> term, out double score);

    /// <summary>Starts a scan over successive terms, in an order that keeps equal prefixes together.</summary>
    public virtual ITermScan Scan() => new PlainScan(this);

    private sealed class PlainScan(TermPattern pattern) : ITermScan
    {
        public bool TryScore(ReadOnlySpan<char> term, out double score, out int deadLength)
        {
            deadLength = 0;
            return pattern.TryScore(term, out score);
        }
    }
}
