namespace Nakama.Server.Matches;

/// <summary>Which matches are wanted.</summary>
public sealed record MatchFilter
{
    public required int Limit { get; init; }

    /// <summary>Only those that game logic runs, or only relayed ones; null for both.</summary>
    public bool? IsAuthoritative { get; init; }

    /// <summary>The exact label; does not count beside a query. Relayed matches have none.</summary>
    public string? Label { get; init; }

    public int? MinSize { get; init; }

    public int? MaxSize { get; init; }

    /// <summary>What the label must be like. The empty one fits every label.</summary>
    public string? Query { get; init; }

    internal bool Accepts(int size) => !(size < MinSize) && !(size > MaxSize);
}
