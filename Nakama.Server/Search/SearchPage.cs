namespace Nakama.Server.Search;

/// <summary>A found item and its score.</summary>
public readonly record struct SearchHit<T>(T Item, double Score);

/// <summary>A part of the hits.</summary>
/// <param name="Hits">The requested hits.</param>
/// <param name="Total">The total number of hits.</param>
public sealed record SearchPage<T>(IReadOnlyList<SearchHit<T>> Hits, int Total);
