namespace Nakama.Server.Search;

/// <summary>One value of a row: a term, or without one a number.</summary>
internal readonly record struct SearchSlot(SearchField Field, SearchTerm? Term, long Number);
