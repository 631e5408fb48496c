namespace Nakama.Server.Groups;

/// <summary>A group to be created.</summary>
public sealed record GroupRequest
{
    public const int DefaultMaxCount = 100;

    /// <summary>The user that becomes its superadmin.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>The user shown as its creator; the empty id for the system.</summary>
    public required Guid CreatorId { get; init; }

    /// <summary>Unique among all groups, case-sensitive.</summary>
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public string AvatarUrl { get; init; } = "";

    /// <summary>Empty for the default language.</summary>
    public string LangTag { get; init; } = "";

    /// <summary>The text of a JSON object.</summary>
    public string Metadata { get; init; } = "{}";

    /// <summary>Whether users may join without approval.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The maximum number of members.</summary>
    public int MaxCount { get; init; } = DefaultMaxCount;
}
