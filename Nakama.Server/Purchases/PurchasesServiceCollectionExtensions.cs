using Nakama.Server.Api;
using Nakama.Server.Purchases.StoreNotifications;
using Nakama.Server.Purchases.Stores;

namespace Nakama.Server.Purchases;

internal static class PurchasesServiceCollectionExtensions
{
    public static IServiceCollection AddPurchases(this IServiceCollection services) => services
        .AddSingleton<StoreHttp>()
        .AddSingleton<AppleSignedData>()
        .AddSingleton<AppleTransactions>()
        .AddSingleton<AppleReceipts>()
        .AddSingleton<GoogleStoreTokens>()
        .AddSingleton<GoogleStore>()
        .AddSingleton<HuaweiStore>()
        .AddSingleton<FacebookInstantStore>()
        .AddSingleton<SamsungStore>()
        .AddSingleton<PurchaseStore>()
        .AddSingleton<SubscriptionStore>()
        // Its constructor is internal, because the stores are.
        .AddSingleton(static provider => new ReceiptValidation(
            provider.GetRequiredService<PurchaseStore>(), provider.GetRequiredService<SubscriptionStore>(), provider.GetRequiredService<IapOptions>(),
            provider.GetRequiredService<AppleTransactions>(), provider.GetRequiredService<AppleReceipts>(),
            provider.GetRequiredService<GoogleStore>(), provider.GetRequiredService<HuaweiStore>(),
            provider.GetRequiredService<FacebookInstantStore>(), provider.GetRequiredService<SamsungStore>()))
        .AddSingleton<StoreNotificationRegistry>()
        .AddSingleton<AppleNotifications>()
        .AddSingleton<GoogleNotifications>()
        .AddSingleton<IRawEndpoint>(static provider => Route(provider, AppleNotifications.Path))
        .AddSingleton<IRawEndpoint>(static provider => Route(provider, AppleNotifications.OldPath))
        .AddSingleton<IRawEndpoint>(static provider => Route(provider, GoogleNotifications.Path))
        .AddSingleton<IRawEndpoint>(static provider => Route(provider, GoogleNotifications.OldPath))
        .AddSingleton<IApiFeature, PurchasesApi>()
        .AddSingleton<IApiFeature, SubscriptionsApi>();

    private static StoreNotificationRoute Route(IServiceProvider provider, string prefix)
    {
        var options = provider.GetRequiredService<IapOptions>();
        var log = provider.GetRequiredService<ILogger<StoreNotificationRoute>>();
        return prefix is AppleNotifications.Path or AppleNotifications.OldPath
            ? new(prefix, options.Apple.NotificationsEndpointId, provider.GetRequiredService<AppleNotifications>().HandleAsync, log)
            : new(prefix, options.Google.NotificationsEndpointId, provider.GetRequiredService<GoogleNotifications>().HandleAsync, log);
    }
}
