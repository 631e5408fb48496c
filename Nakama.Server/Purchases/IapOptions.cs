namespace Nakama.Server.Purchases;

/// <summary>Settings below <c>iap</c>.</summary>
public sealed record IapOptions
{
    public IapAppleOptions Apple { get; init; } = new();

    public IapGoogleOptions Google { get; init; } = new();

    public IapHuaweiOptions Huawei { get; init; } = new();

    public IapFacebookInstantOptions FacebookInstant { get; init; } = new();

    public IapSamsungOptions Samsung { get; init; } = new();
}
