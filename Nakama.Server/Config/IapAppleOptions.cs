namespace Nakama.Server.Config;

/// <summary>Settings below <c>iap.apple</c>.</summary>
public sealed record IapAppleOptions
{
    /// <summary>The app's shared secret at the App Store.</summary>
    public string SharedPassword { get; init; } = "";

    /// <summary>The last part of the path on which Apple's notifications arrive; empty closes it.</summary>
    public string NotificationsEndpointId { get; init; } = "";
}
