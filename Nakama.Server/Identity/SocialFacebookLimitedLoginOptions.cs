namespace Nakama.Server.Identity;

/// <summary>Settings below <c>social.facebook_limited_login</c>.</summary>
public sealed record SocialFacebookLimitedLoginOptions
{
    /// <summary>The app's id; shown to game modules. Tokens are compared with <c>social.facebook.app_ids</c>.</summary>
    public string AppId { get; init; } = "";

    /// <summary>Where Facebook publishes the keys of its limited-login tokens.</summary>
    public string Address { get; init; } = "https://limited.facebook.com";
}
