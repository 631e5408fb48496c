namespace Nakama.Console.Tables;

/// <summary>An action on many rows of a table.</summary>
/// <param name="Verb">What it does, such as <c>Delete</c>.</param>
/// <param name="Things">What the rows are, in the plural, such as <c>players</c>.</param>
/// <param name="Applies">Whether it may be applied to a row; others are left out of the count.</param>
/// <param name="RunAsync">Applies it to one row.</param>
public sealed record BulkAction<TRow>(string Verb, string Things, Func<TRow, bool> Applies, Func<TRow, CancellationToken, Task> RunAsync);
