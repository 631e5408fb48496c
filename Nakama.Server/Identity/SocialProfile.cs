namespace Nakama.Server.Identity;

/// <summary>A user that a provider has verified. Unknown texts are empty.</summary>
/// <param name="Id">The provider's id of the player, never empty.</param>
public sealed record SocialProfile(string Id)
{
    /// <summary>The display name.</summary>
    public string Name { get; init; } = "";

    /// <summary>In the provider's spelling, not in lower case.</summary>
    public string Email { get; init; } = "";

    public string PictureUrl { get; init; } = "";

    /// <summary>The former id of the same player, where a provider has issued new ones.</summary>
    public string FormerId { get; init; } = "";

    /// <summary>Whether the given token also gives access to the player's list of friends.</summary>
    public bool HasFriends { get; init; }
}
