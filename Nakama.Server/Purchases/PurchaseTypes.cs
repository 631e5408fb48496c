using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases;

/// <summary>An account of Google's that may ask about an app's sales.</summary>
/// <param name="ClientEmail">The account's address.</param>
/// <param name="PrivateKey">Its RSA key as PEM; line ends may be written as <c>\n</c>.</param>
public sealed record GoogleServiceAccount(string ClientEmail, string PrivateKey)
{
    internal bool IsComplete => ClientEmail.Length > 0 && PrivateKey.Length > 0;
}

/// <summary>Which page of purchases or subscriptions, newest first.</summary>
public sealed record PurchaseQuery(int Limit)
{
    /// <summary>Only this user's; null for everyone's.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The cursor of another page of the same list, or empty.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Only what was bought at this time or later.</summary>
    public DateTime? After { get; init; }

    /// <summary>Only what was bought at this time or earlier.</summary>
    public DateTime? Before { get; init; }
}

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
