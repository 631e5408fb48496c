namespace Nakama.Server.Search;

/// <summary>A condition set by the server itself, in addition to the query.</summary>
public sealed class SearchFilter
{
    private SearchFilter(SearchClause clause, bool isNegated)
    {
        Clause = clause;
        IsNegated = isNegated;
    }

    internal SearchClause Clause { get; }

    internal bool IsNegated { get; }

    /// <summary>The field has exactly this text.</summary>
    public static SearchFilter Is(string field, string text) => new(new TermClause(field, text, 1), isNegated: false);

    /// <summary>The field does not have this text.</summary>
    public static SearchFilter IsNot(string field, string text) => new(new TermClause(field, text, 1), isNegated: true);

    public static SearchFilter AtLeast(string field, double number) =>
        new(new RangeClause(field, SortableNumber.Of(number), long.MaxValue, 1), isNegated: false);

    public static SearchFilter AtMost(string field, double number) =>
        new(new RangeClause(field, long.MinValue, SortableNumber.Of(number), 1), isNegated: false);
}
