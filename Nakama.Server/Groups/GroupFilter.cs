namespace Nakama.Server.Groups;

/// <summary>Which groups to list. A name goes with nothing else.</summary>
public sealed record GroupFilter
{
    /// <summary>A pattern in which % stands for any text and _ for any character, whatever the case; empty for all.</summary>
    public string Name { get; init; } = "";

    /// <summary>Empty for all languages.</summary>
    public string LangTag { get; init; } = "";

    /// <summary>The most members that a group has; null or a negative number for any.</summary>
    public int? Members { get; init; }

    /// <summary>Only open or only closed groups; null for both.</summary>
    public bool? IsOpen { get; init; }
}
