namespace Nakama.Server.Purchases;

/// <summary>Settings below <c>iap.google</c>.</summary>
public sealed record IapGoogleOptions
{
    /// <summary>The service account's address.</summary>
    public string ClientEmail { get; init; } = "";

    /// <summary>The service account's private key.</summary>
    public string PrivateKey { get; init; } = "";

    /// <summary>The last part of the path on which Google's notifications arrive; empty closes it.</summary>
    public string NotificationsEndpointId { get; init; } = "";

    /// <summary>No longer used.</summary>
    public int RefundCheckPeriodMin { get; init; }

    /// <summary>No longer used.</summary>
    public string PackageName { get; init; } = "";

    /// <summary>Where Google answers about sales.</summary>
    public string Address { get; init; } = "https://androidpublisher.googleapis.com";

    /// <summary>Where the service account gets its tokens.</summary>
    public string TokenAddress { get; init; } = "https://accounts.google.com/o/oauth2/token";
}
