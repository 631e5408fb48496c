namespace Nakama.Server.Search;

/// <summary>A search: the query, the order, and the requested part of the hits.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed record SearchRequest<T>
{
    public SearchQuery Query { get; init; } = SearchQuery.All;

    /// <summary>Further conditions, all of which must hold; they do not change the score.</summary>
    public IReadOnlyList<SearchFilter> Filters { get; init; } = [];

    /// <summary>A condition on data that is not indexed; items for which it is false are not hits.</summary>
    public Predicate<T>? Accept { get; init; }

    /// <summary>By default the best hit first.</summary>
    public IReadOnlyList<SearchOrder> Order { get; init; } = [SearchOrder.Score];

    /// <summary>The number of hits to skip.</summary>
    public int Offset { get; init; }

    public int Limit { get; init; } = int.MaxValue;
}
