namespace Nakama.Server.Identity;

/// <summary>Settings below <c>social.facebook_instant_game</c>.</summary>
public sealed record SocialFacebookInstantGameOptions
{
    /// <summary>The app's secret, with which players of Instant Games are checked; empty refuses them all.</summary>
    public string AppSecret { get; init; } = "";

    /// <summary>How old a signed player info may be, in seconds, at least 0; 0 is any age.</summary>
    public int MaxAgeSec { get; init; }
}
