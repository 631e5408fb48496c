namespace Nakama.Server.Purchases;

/// <summary>Settings below <c>iap.huawei</c>.</summary>
public sealed record IapHuaweiOptions
{
    /// <summary>Key with which receipts are checked.</summary>
    public string PublicKey { get; init; } = "";

    /// <summary>The app's id.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The app's secret.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>Where Huawei answers about orders.</summary>
    public string OrderAddress { get; init; } = "https://orders-dre.iap.hicloud.com";

    /// <summary>Where Huawei answers about orders of AppTouch.</summary>
    public string AppTouchAddress { get; init; } = "https://orders-at-dre.iap.dbankcloud.com";

    /// <summary>Where the app gets its tokens.</summary>
    public string TokenAddress { get; init; } = "https://oauth-login.cloud.huawei.com/oauth2/v3/token";
}
