namespace Nakama.Server.Config;

/// <summary>Settings below <c>iap.apple</c>.</summary>
public sealed record IapAppleOptions
{
    public string SharedPassword { get; init; } = "";

    /// <summary>Enables callback path.</summary>
    public string NotificationsEndpointId { get; init; } = "";
}
