namespace Nakama.Server.Config;

/// <summary>Settings below <c>social.apple</c>.</summary>
public sealed record SocialAppleOptions
{
    public string BundleId { get; init; } = "";
}
