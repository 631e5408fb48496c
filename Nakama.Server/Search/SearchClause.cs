namespace Nakama.Server.Search;

/// <summary>One parsed condition of a query, independent of any index.</summary>
internal abstract record SearchClause(string Field)
{
    /// <summary>Where the clause stands in the text of its query, sign included; the end is exclusive.</summary>
    public (int Start, int End) Place { get; set; }
}

/// <summary>The field has exactly this text.</summary>
internal sealed record TermClause(string Field, string Text, double Score) : SearchClause(Field);

/// <summary>The field has this number, or the text that the query contains for it; both together count twice.</summary>
internal sealed record NumberClause(string Field, long Number, string Text, double Score) : SearchClause(Field);

/// <summary>The field has a number in the inclusive range; each such number counts.</summary>
internal sealed record RangeClause(string Field, long Lowest, long Highest, double Score) : SearchClause(Field);

/// <summary>Texts of the field match the pattern; each such text counts.</summary>
internal sealed record PatternClause(string Field, TermPattern Pattern, double Score) : SearchClause(Field);

/// <summary>Matches nothing: no document has the field, or text cannot be found in this way.</summary>
internal sealed record NeverClause() : SearchClause("");
