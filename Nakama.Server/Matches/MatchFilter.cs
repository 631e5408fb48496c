namespace Nakama.Server.Matches;

/// <summary>The filter of a match listing.</summary>
public sealed record MatchFilter
{
    public required int Limit { get; init; }

    /// <summary>Only authoritative or only relayed matches; null for both.</summary>
    public bool? IsAuthoritative { get; init; }

    /// <summary>The exact label; ignored when there is a query. Relayed matches have no label.</summary>
    public string? Label { get; init; }

    public int? MinSize { get; init; }

    public int? MaxSize { get; init; }

    /// <summary>A query on the label. The empty query matches every label.</summary>
    public string? Query { get; init; }

    internal bool Accepts(int size) => !(size < MinSize) && !(size > MaxSize);
}
