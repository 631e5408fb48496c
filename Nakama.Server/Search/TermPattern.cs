namespace Nakama.Server.Search;

/// <summary>Which of a field's terms fit, and how well.</summary>
internal abstract class TermPattern
{
    /// <summary>How often the pattern fits each number or date of the field.</summary>
    public virtual int FitsPerNumber => 0;

    /// <summary>Whether every term that fits does so equally well.</summary>
    public virtual bool IsUniform => true;

    /// <exception cref="SearchQueryException">The term is too much for the pattern.</exception>
    public abstract bool TryScore(string term, out double score);
}
