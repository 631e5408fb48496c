namespace Nakama.Server.Config;

/// <summary>Settings below <c>social.steam</c>.</summary>
public sealed record SocialSteamOptions
{
    /// <summary>Key of Steam's web API; empty turns sign-in with Steam off.</summary>
    public string PublisherKey { get; init; } = "";

    /// <summary>The game's number at Steam.</summary>
    public int AppId { get; init; }
}
