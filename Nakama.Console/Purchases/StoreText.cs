using Nakama.Protocol.Api;

namespace Nakama.Console.Purchases;

/// <summary>The stores in words.</summary>
internal static class StoreText
{
    public static string Name(StoreProvider store) => store switch
    {
        StoreProvider.AppleAppStore => "Apple App Store",
        StoreProvider.GooglePlayStore => "Google Play",
        StoreProvider.HuaweiAppGallery => "Huawei AppGallery",
        StoreProvider.FacebookInstantStore => "Facebook Instant",
        StoreProvider.SamsungGalaxyStore => "Samsung Galaxy Store",
        _ => store.ToString(),
    };
}
