namespace Nakama.GameLogic.Functions;

/// <summary>A group to be made.</summary>
/// <param name="Name">The name, unique among all groups.</param>
public sealed record GroupDefinition(string Name)
{
    /// <summary>Who made the group, for information only; null for the system.</summary>
    public Guid? CreatorId { get; init; }

    /// <summary>The language of the group.</summary>
    public string LangTag { get; init; } = "";

    /// <summary>The description of the group.</summary>
    public string Description { get; init; } = "";

    /// <summary>The address of the avatar.</summary>
    public string AvatarUrl { get; init; } = "";

    /// <summary>Whether users join without being accepted by an admin.</summary>
    public bool IsOpen { get; init; }

    /// <summary>A JSON object; null for none.</summary>
    public string? Metadata { get; init; }

    /// <summary>The most members.</summary>
    public int MaxCount { get; init; } = 100;
}

/// <summary>Changes of a group; null members keep their value.</summary>
public sealed record GroupChange
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>The new creator.</summary>
    public Guid? CreatorId { get; init; }

    /// <summary>The new language; empty to clear it.</summary>
    public string? LangTag { get; init; }

    /// <summary>The new description; empty to clear it.</summary>
    public string? Description { get; init; }

    /// <summary>The new address of the avatar; empty to clear it.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>Whether users join without being accepted by an admin.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>A JSON object that replaces the metadata.</summary>
    public string? Metadata { get; init; }

    /// <summary>The most members.</summary>
    public int? MaxCount { get; init; }
}
