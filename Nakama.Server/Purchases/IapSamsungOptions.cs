namespace Nakama.Server.Purchases;

/// <summary>Settings below <c>iap.samsung</c>.</summary>
public sealed record IapSamsungOptions
{
    /// <summary>When set, receipts must be for this package.</summary>
    public string PackageName { get; init; } = "";

    /// <summary>Where Samsung answers about receipts.</summary>
    public string Address { get; init; } = "https://iap.samsungapps.com";
}
