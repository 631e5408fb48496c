namespace Nakama.Server.Matches;

/// <summary>The filter of a match listing.</summary>
public sealed record MatchFilter
{
    private const int MaxLimit = 100;

    public required int Limit { get; init; }

    /// <summary>Only authoritative or only relayed matches; null for both.</summary>
    public bool? IsAuthoritative { get; init; }

    /// <summary>The exact label; ignored when there is a query. Relayed matches have no label.</summary>
    public string? Label { get; init; }

    public int? MinSize { get; init; }

    public int? MaxSize { get; init; }

    /// <summary>A query on the label. The empty query matches every label.</summary>
    public string? Query { get; init; }

    /// <summary>Only matches that run on this node, by its name; relayed matches run on none. Null for all nodes.</summary>
    public string? Node { get; init; }

    /// <summary>Checks what a request may ask for.</summary>
    /// <exception cref="Errors.ApiException">A value is out of range, or conditions exclude each other.</exception>
    internal void Check()
    {
        if (Limit is < 1 or > MaxLimit) throw MatchErrors.ListLimit;
        if (this is { IsAuthoritative: false, Label: not null }) throw MatchErrors.ListLabel;
        if (this is { IsAuthoritative: false, Query: not null }) throw MatchErrors.ListQuery;
        if (MinSize < 0) throw MatchErrors.ListMinSize;
        if (MaxSize < 0) throw MatchErrors.ListMaxSize;
        if (MinSize > MaxSize) throw MatchErrors.ListSizes;
    }

    internal bool Accepts(int size) => !(size < MinSize) && !(size > MaxSize);
}
