namespace Nakama.Server.Config;

/// <summary>Settings below <c>iap.huawei</c>.</summary>
public sealed record IapHuaweiOptions
{
    /// <summary>Key with which receipts are checked.</summary>
    public string PublicKey { get; init; } = "";

    /// <summary>The app's id.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The app's secret.</summary>
    public string ClientSecret { get; init; } = "";
}
