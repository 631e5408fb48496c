namespace Nakama.Server.Identity;

/// <summary>Settings below <c>social.steam</c>.</summary>
public sealed record SocialSteamOptions
{
    /// <summary>Key of Steam's web API; empty turns sign-in with Steam off.</summary>
    public string PublisherKey { get; init; } = "";

    /// <summary>The game's number at Steam; 0 turns sign-in with Steam off.</summary>
    public int AppId { get; init; }

    /// <summary>Where Steam's web API for publishers is.</summary>
    public string Address { get; init; } = "https://partner.steam-api.com";
}
