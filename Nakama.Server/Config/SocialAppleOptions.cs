namespace Nakama.Server.Config;

/// <summary>Settings below <c>social.apple</c>.</summary>
public sealed record SocialAppleOptions
{
    /// <summary>The app's bundle id, for which Apple's tokens must be made.</summary>
    public string BundleId { get; init; } = "";
}
