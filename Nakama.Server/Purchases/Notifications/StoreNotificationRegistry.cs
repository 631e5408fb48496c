namespace Nakama.Server.Purchases.Notifications;

/// <summary>
/// The functions of game logic that follow the stores' news, one of each. Filled before the doors open and only read
/// afterwards.
/// </summary>
public sealed class StoreNotificationRegistry
{
    public PurchaseNotificationFunction? ApplePurchase { get; set; }

    public SubscriptionNotificationFunction? AppleSubscription { get; set; }

    public PurchaseNotificationFunction? GooglePurchase { get; set; }

    public SubscriptionNotificationFunction? GoogleSubscription { get; set; }
}
