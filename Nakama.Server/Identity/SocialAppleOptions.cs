namespace Nakama.Server.Identity;

/// <summary>Settings below <c>social.apple</c>.</summary>
public sealed record SocialAppleOptions
{
    /// <summary>The app's bundle id; empty turns sign-in with Apple off. Tokens are compared with <c>social.apple.audiences</c>.</summary>
    public string BundleId { get; init; } = "";

    /// <summary>The bundle and service ids for which Apple's tokens must be made; without any, those for other apps pass too.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Where Apple publishes the keys of its tokens.</summary>
    public string Address { get; init; } = "https://appleid.apple.com";
}
