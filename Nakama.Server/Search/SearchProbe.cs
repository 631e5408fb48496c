namespace Nakama.Server.Search;

/// <summary>A clause bound to the terms and columns of one index, valid until the index changes.</summary>
internal abstract class SearchProbe
{
    /// <summary>The maximum number of matching rows; more than there are rows when it is unknown.</summary>
    public abstract int MostRows { get; }

    /// <summary>The same, but may scan up to this number of terms to determine it.</summary>
    public virtual int CountRowsWithin(int work) => MostRows;

    /// <summary>The score of every matching row, when it is the same for all; null otherwise.</summary>
    public abstract double? UniformScore { get; }

    /// <summary>The ascending posting list of the rows that may match, if there is one.</summary>
    public virtual SearchTerm? Posting => null;

    /// <summary>Appends every matching row, in any order; may include removed rows and duplicates.</summary>
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
