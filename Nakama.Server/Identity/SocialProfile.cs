namespace Nakama.Server.Identity;

/// <summary>Someone whom a provider has vouched for. Texts that are not known are empty.</summary>
/// <param name="Id">The provider's id of the player, never empty.</param>
public sealed record SocialProfile(string Id)
{
    /// <summary>A name to show.</summary>
    public string Name { get; init; } = "";

    /// <summary>As the provider writes it, not in lower case.</summary>
    public string Email { get; init; } = "";

    public string PictureUrl { get; init; } = "";

    /// <summary>The id under which the same player was known before, where a provider gave new ones.</summary>
    public string FormerId { get; init; } = "";

    /// <summary>Whether the token that was shown opens the player's list of friends too.</summary>
    public bool HasFriends { get; init; }
}
