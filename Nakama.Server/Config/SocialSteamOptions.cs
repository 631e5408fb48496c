namespace Nakama.Server.Config;

/// <summary>Settings below <c>social.steam</c>.</summary>
public sealed record SocialSteamOptions
{
    public string PublisherKey { get; init; } = "";

    public int AppId { get; init; }
}
