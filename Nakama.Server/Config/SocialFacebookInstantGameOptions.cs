namespace Nakama.Server.Config;

/// <summary>Settings below <c>social.facebook_instant_game</c>.</summary>
public sealed record SocialFacebookInstantGameOptions
{
    public string AppSecret { get; init; } = "";
}
