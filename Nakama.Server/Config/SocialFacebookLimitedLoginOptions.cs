namespace Nakama.Server.Config;

/// <summary>Settings below <c>social.facebook_limited_login</c>.</summary>
public sealed record SocialFacebookLimitedLoginOptions
{
    /// <summary>The app's id, for which limited-login tokens must be made.</summary>
    public string AppId { get; init; } = "";
}
