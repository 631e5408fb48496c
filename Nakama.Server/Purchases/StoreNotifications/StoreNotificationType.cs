namespace Nakama.Server.Purchases.StoreNotifications;

/// <summary>The types of event that a store reports about a sale.</summary>
public enum StoreNotificationType
{
    Subscribed = 1,
    Renewed = 2,
    Expired = 3,
    Cancelled = 4,
    Refunded = 5,
}
