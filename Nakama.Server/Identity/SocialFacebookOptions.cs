namespace Nakama.Server.Identity;

/// <summary>Settings below <c>social.facebook</c>.</summary>
public sealed record SocialFacebookOptions
{
    /// <summary>
    /// The ids of the apps for which Facebook's tokens must be made, of either kind; without any, those for other apps
    /// pass too.
    /// </summary>
    public IReadOnlyList<string> AppIds { get; init; } = [];

    /// <summary>Where the Graph API is.</summary>
    public string Address { get; init; } = "https://graph.facebook.com";
}
