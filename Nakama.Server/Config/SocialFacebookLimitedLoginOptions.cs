namespace Nakama.Server.Config;

/// <summary>Settings below <c>social.facebook_limited_login</c>.</summary>
public sealed record SocialFacebookLimitedLoginOptions
{
    public string AppId { get; init; } = "";
}
