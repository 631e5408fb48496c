namespace Nakama.Server.Groups;

/// <summary>The changes to a group: null keeps a value.</summary>
public sealed record GroupChange
{
    private static readonly GroupChange Nothing = new();

    public string? Name { get; init; }

    /// <summary>An empty text clears it.</summary>
    public string? Description { get; init; }

    /// <summary>An empty text clears it.</summary>
    public string? AvatarUrl { get; init; }

    public string? LangTag { get; init; }

    public bool? IsOpen { get; init; }

    /// <summary>The text of a JSON object. Never set by clients.</summary>
    public string? Metadata { get; init; }

    /// <summary>Not below the number of members. Never set by clients.</summary>
    public int? MaxCount { get; init; }

    /// <summary>Never set by clients.</summary>
    public Guid? CreatorId { get; init; }

    public bool IsEmpty => this == Nothing;
}
