using Nakama.Server.Wire.Api;

namespace Nakama.Server.Purchases;

/// <summary>One purchase, as a store has confirmed it.</summary>
internal sealed record StorePurchase(StoreProvider Store, string TransactionId, string ProductId)
{
    public DateTime PurchaseTime { get; init; }

    /// <summary>When the money was given back; null when it was not, or when the store does not say.</summary>
    public DateTime? RefundTime { get; init; }

    public StoreEnvironment Environment { get; init; }

    /// <summary>What is stored of the store's answer: JSON.</summary>
    public string RawResponse { get; init; } = "{}";

    /// <summary>What the client is shown of it.</summary>
    public string ProviderResponse { get; init; } = "";
}
