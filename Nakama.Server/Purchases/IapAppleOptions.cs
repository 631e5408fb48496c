namespace Nakama.Server.Purchases;

/// <summary>Settings below <c>iap.apple</c>.</summary>
public sealed record IapAppleOptions
{
    /// <summary>The app's shared secret at the App Store.</summary>
    public string SharedPassword { get; init; } = "";

    /// <summary>The last part of the path on which Apple's notifications arrive; empty closes it.</summary>
    public string NotificationsEndpointId { get; init; } = "";

    /// <summary>The app's bundle id; when set, receipts and notifications must be for it.</summary>
    public string BundleId { get; init; } = "";

    /// <summary>The file of the certificate that ends the chains of signed receipts; empty is Apple Root CA - G3.</summary>
    public string RootCertificate { get; init; } = "";

    /// <summary>Where older receipts are looked at.</summary>
    public string ReceiptAddress { get; init; } = "https://buy.itunes.apple.com/verifyReceipt";

    /// <summary>Where older receipts of tests are looked at.</summary>
    public string SandboxReceiptAddress { get; init; } = "https://sandbox.itunes.apple.com/verifyReceipt";
}
