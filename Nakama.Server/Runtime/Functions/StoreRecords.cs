using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Converts purchases and subscriptions to their form for modules.</summary>
internal static class StoreRecords
{
    public static ScriptValue Of(ValidatedPurchase purchase) =>
        ScriptValue.Of(ScriptRecord.Showing(purchase, static (source, _) => Show((ValidatedPurchase)source)));

    public static ScriptValue Of(ValidatedSubscription subscription) =>
        ScriptValue.Of(ScriptRecord.Showing(subscription, static (source, _) => Show((ValidatedSubscription)source)));

    private static ScriptRecord Show(ValidatedPurchase purchase) =>
        new ScriptRecord(12)
            .Add("user_id", purchase.UserId)
            .Add("product_id", purchase.ProductId)
            .Add("transaction_id", purchase.TransactionId)
            .Add("store", NameOf(purchase.Store))
            .Add("provider_response", purchase.ProviderResponse)
            .AddIfSet("purchase_time", purchase.PurchaseTime)
            .AddIfSet("create_time", purchase.CreateTime)
            .AddIfSet("update_time", purchase.UpdateTime)
            .AddIfSet("refund_time", purchase.RefundTime)
            .Add("environment", NameOf(purchase.Environment))
            .Add("seen_before", purchase.SeenBefore);

    private static ScriptRecord Show(ValidatedSubscription subscription) =>
        new ScriptRecord(13)
            .Add("user_id", subscription.UserId)
            .Add("product_id", subscription.ProductId)
            .Add("original_transaction_id", subscription.OriginalTransactionId)
            .Add("store", NameOf(subscription.Store))
            .AddIfSet("purchase_time", subscription.PurchaseTime)
            .AddIfSet("create_time", subscription.CreateTime)
            .AddIfSet("update_time", subscription.UpdateTime)
            .AddIfSet("refund_time", subscription.RefundTime)
            .Add("environment", NameOf(subscription.Environment))
            .AddIfSet("expiry_time", subscription.ExpiryTime)
            .Add("active", subscription.Active)
            .Add("provider_response", subscription.ProviderResponse)
            .Add("provider_notification", subscription.ProviderNotification);

    private static string NameOf(StoreProvider store) => store switch
    {
        StoreProvider.AppleAppStore => "APPLE_APP_STORE",
        StoreProvider.GooglePlayStore => "GOOGLE_PLAY_STORE",
        StoreProvider.HuaweiAppGallery => "HUAWEI_APP_GALLERY",
        StoreProvider.FacebookInstantStore => "FACEBOOK_INSTANT_STORE",
        _ => "SAMSUNG_GALAXY_STORE",
    };

    private static string NameOf(StoreEnvironment environment) => environment switch
    {
        StoreEnvironment.Sandbox => "SANDBOX",
        StoreEnvironment.Production => "PRODUCTION",
        _ => "UNKNOWN",
    };
}
