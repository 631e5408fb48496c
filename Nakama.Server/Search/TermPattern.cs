namespace Nakama.Server.Search;

/// <summary>Which of a field's terms fit, and how well.</summary>
internal abstract class TermPattern
{
    /// <summary>How often the pattern fits each number or date of the field.</summary>
    public virtual int FitsPerNumber => 0;

    /// <summary>Whether every term that fits does so equally well.</summary>
    public virtual bool IsUniform => true;

    /// <summary>How every term that fits begins, so that of sorted terms only those have to be looked at.</summary>
    public virtual string Prefix => "";

    /// <summary>Whether every text of one line that begins with <see cref="Prefix"/> fits.</summary>
    public virtual bool IsPrefixAlone => false;

    /// <exception cref="SearchQueryException">The term is too much for the pattern.</exception>
    public abstract bool TryScore(ReadOnlySpan<char> term, out double score);

    /// <summary>Looks at terms one after the other, in an order that keeps equal beginnings together.</summary>
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
