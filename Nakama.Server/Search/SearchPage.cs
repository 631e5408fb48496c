namespace Nakama.Server.Search;

/// <summary>Something found, and how well it fits.</summary>
public readonly record struct SearchHit<T>(T Item, double Score);

/// <summary>A part of the hits.</summary>
/// <param name="Hits">Those asked for.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record SearchPage<T>(IReadOnlyList<SearchHit<T>> Hits, int Total);
