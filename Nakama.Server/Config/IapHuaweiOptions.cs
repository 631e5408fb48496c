namespace Nakama.Server.Config;

/// <summary>Settings below <c>iap.huawei</c>.</summary>
public sealed record IapHuaweiOptions
{
    public string PublicKey { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";
}
