namespace Nakama.Server.Config;

/// <summary>Settings below <c>iap.samsung</c>.</summary>
public sealed record IapSamsungOptions
{
    /// <summary>When set receipts must match.</summary>
    public string PackageName { get; init; } = "";
}
