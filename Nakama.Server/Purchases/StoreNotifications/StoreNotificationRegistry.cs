namespace Nakama.Server.Purchases.StoreNotifications;

/// <summary>
/// The game logic functions that handle store notifications, one of each. Filled before the listeners open and only read
/// afterwards.
/// </summary>
public sealed class StoreNotificationRegistry
{
    public PurchaseNotificationFunction? ApplePurchase { get; set; }

    public SubscriptionNotificationFunction? AppleSubscription { get; set; }

    public PurchaseNotificationFunction? GooglePurchase { get; set; }

    public SubscriptionNotificationFunction? GoogleSubscription { get; set; }
}
