namespace Nakama.Server.Search;

/// <summary>One condition of a query, as it was written; it knows no index.</summary>
internal abstract record SearchClause(string Field);

/// <summary>The field has exactly this text.</summary>
internal sealed record TermClause(string Field, string Text, double Score) : SearchClause(Field);

/// <summary>The field has this number, or the text that was written for it; both together count twice.</summary>
internal sealed record NumberClause(string Field, long Number, string Text, double Score) : SearchClause(Field);

/// <summary>The field has a number from the lowest to the highest; each such number counts.</summary>
internal sealed record RangeClause(string Field, long Lowest, long Highest, double Score) : SearchClause(Field);

/// <summary>Texts of the field fit the pattern; each such text counts.</summary>
internal sealed record PatternClause(string Field, TermPattern Pattern, double Score) : SearchClause(Field);

/// <summary>Nothing fits: no document has the field, or text can not be found in this way.</summary>
internal sealed record NeverClause() : SearchClause("");
