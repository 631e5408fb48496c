namespace Nakama.GameLogic;

/// <summary>What a store reports about a purchase or a subscription.</summary>
public enum StoreNotification
{
    Subscribed = 1,
    Renewed = 2,
    Expired = 3,
    Cancelled = 4,
    Refunded = 5,
}
