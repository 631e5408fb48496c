namespace Nakama.Server.Search;

/// <summary>One value of a row: a term, or a number when there is no term.</summary>
internal readonly record struct SearchSlot(SearchField Field, SearchTerm? Term, long Number);

/// <summary>One value of a field: text, or, without text, a number encoded by <see cref="SortableNumber"/>.</summary>
internal readonly record struct SearchValue(string Field, string? Text, long Number);
