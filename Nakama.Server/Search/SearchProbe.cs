namespace Nakama.Server.Search;

/// <summary>A clause with the terms and columns of one index, valid until the index changes.</summary>
internal abstract class SearchProbe
{
    /// <summary>How many rows may fit at most; more than there are when that is not known.</summary>
    public abstract int MostRows { get; }

    /// <summary>The same where looking at so many terms is allowed to find it out.</summary>
    public virtual int CountRowsWithin(int work) => MostRows;

    /// <summary>The score of every row that fits, when it is the same for all; null otherwise.</summary>
    public abstract double? UniformScore { get; }

    /// <summary>The rows that may fit in ascending order, if they lie ready in it.</summary>
    public virtual SearchTerm? Posting => null;

    /// <summary>Appends every row that fits, perhaps some that are gone or there already, in no order.</summary>
    public abstract void Collect(List<int> rows);

    public abstract bool TryScore(ReadOnlySpan<SearchSlot> slots, out double score);

    public static SearchProbe Make(SearchClause clause, SearchRows rows)
    {
        if (rows.FindField(clause.Field) is not { } field) return NeverProbe.Instance;
        return clause switch
        {
            TermClause term => field.Terms.TryGetValue(term.Text, out var found) ? new TermProbe(found, term.Score) : NeverProbe.Instance,
            RangeClause range => new RangeProbe(field, range.Lowest, range.Highest, range.Score),
            NumberClause number => new NumberProbe(field, number),
            PatternClause pattern => new PatternProbe(field, pattern),
            _ => NeverProbe.Instance,
        };
    }
}
