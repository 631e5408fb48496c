namespace Nakama.Server.Config;

/// <summary>Settings below <c>social.facebook_instant_game</c>.</summary>
public sealed record SocialFacebookInstantGameOptions
{
    /// <summary>The app's secret, with which players of Instant Games are checked.</summary>
    public string AppSecret { get; init; } = "";
}
