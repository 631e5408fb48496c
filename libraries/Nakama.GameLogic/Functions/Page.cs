namespace Nakama.GameLogic.Functions;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The type of the rows.</typeparam>
/// <param name="Items">The rows.</param>
/// <param name="Cursor">The cursor of the next page; null when this is the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Cursor);
