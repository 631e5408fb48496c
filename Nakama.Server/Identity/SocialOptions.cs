namespace Nakama.Server.Identity;

/// <summary>Settings below <c>social</c>.</summary>
public sealed record SocialOptions
{
    public SocialSteamOptions Steam { get; init; } = new();

    public SocialFacebookInstantGameOptions FacebookInstantGame { get; init; } = new();

    public SocialFacebookLimitedLoginOptions FacebookLimitedLogin { get; init; } = new();

    public SocialAppleOptions Apple { get; init; } = new();

    public SocialFacebookOptions Facebook { get; init; } = new();

    public SocialGameCenterOptions GameCenter { get; init; } = new();
}
