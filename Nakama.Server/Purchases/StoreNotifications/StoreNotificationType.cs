namespace Nakama.Server.Purchases.StoreNotifications;

/// <summary>What a store tells about something it has sold.</summary>
public enum StoreNotificationType
{
    Subscribed = 1,
    Renewed = 2,
    Expired = 3,
    Cancelled = 4,
    Refunded = 5,
}
