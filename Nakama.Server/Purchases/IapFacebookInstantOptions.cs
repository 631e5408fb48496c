namespace Nakama.Server.Purchases;

/// <summary>Settings below <c>iap.facebook_instant</c>.</summary>
public sealed record IapFacebookInstantOptions
{
    /// <summary>The app's secret, with which purchases are checked.</summary>
    public string AppSecret { get; init; } = "";
}
