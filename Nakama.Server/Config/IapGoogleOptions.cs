namespace Nakama.Server.Config;

/// <summary>Settings below <c>iap.google</c>.</summary>
public sealed record IapGoogleOptions
{
    public string ClientEmail { get; init; } = "";

    public string PrivateKey { get; init; } = "";

    /// <summary>Enables callback path.</summary>
    public string NotificationsEndpointId { get; init; } = "";

    /// <summary>Deprecated, unused.</summary>
    public int RefundCheckPeriodMin { get; init; }

    /// <summary>Deprecated, unused.</summary>
    public string PackageName { get; init; } = "";
}
