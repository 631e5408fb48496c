using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases;

/// <summary>One subscription, as a store has confirmed it.</summary>
internal sealed record StoreSubscription(StoreProvider Store, string OriginalTransactionId, string ProductId)
{
    public DateTime PurchaseTime { get; init; }

    public DateTime ExpiryTime { get; init; }

    /// <summary>When it was refunded; null keeps the stored value.</summary>
    public DateTime? RefundTime { get; init; }

    public StoreEnvironment Environment { get; init; }

    /// <summary>The store's response as JSON; null keeps the stored value.</summary>
    public string? RawResponse { get; init; }

    /// <summary>The store's last notification as JSON; null keeps the stored value.</summary>
    public string? RawNotification { get; init; }
}
