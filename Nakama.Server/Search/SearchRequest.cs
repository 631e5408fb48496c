namespace Nakama.Server.Search;

/// <summary>What is searched, in which order, and which part of it is wanted.</summary>
/// <typeparam name="T">What a search finds.</typeparam>
public sealed record SearchRequest<T>
{
    public SearchQuery Query { get; init; } = SearchQuery.All;

    /// <summary>Further conditions, all of which must hold; they do not change the score.</summary>
    public IReadOnlyList<SearchFilter> Filters { get; init; } = [];

    /// <summary>A condition on what is not in the index; hits for which it is false do not count.</summary>
    public Predicate<T>? Accept { get; init; }

    /// <summary>The best hit first unless said otherwise.</summary>
    public IReadOnlyList<SearchOrder> Order { get; init; } = [SearchOrder.Score];

    /// <summary>How many hits are passed over.</summary>
    public int Offset { get; init; }

    public int Limit { get; init; } = int.MaxValue;
}
