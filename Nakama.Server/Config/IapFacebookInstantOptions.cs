namespace Nakama.Server.Config;

/// <summary>Settings below <c>iap.facebook_instant</c>.</summary>
public sealed record IapFacebookInstantOptions
{
    public string AppSecret { get; init; } = "";
}
