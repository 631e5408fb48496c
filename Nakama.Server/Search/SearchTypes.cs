namespace Nakama.Server.Search;

/// <summary>One value of a row: a term, or without one a number.</summary>
internal readonly record struct SearchSlot(SearchField Field, SearchTerm? Term, long Number);

/// <summary>One value of a field: text, or without text a number as <see cref="SortableNumber"/> makes it.</summary>
internal readonly record struct SearchValue(string Field, string? Text, long Number);
