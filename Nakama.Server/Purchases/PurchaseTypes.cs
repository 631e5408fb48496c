using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases;

/// <summary>A Google service account that may query an app's sales.</summary>
/// <param name="ClientEmail">The account's email address.</param>
/// <param name="PrivateKey">Its RSA key as PEM; line ends may be written as <c>\n</c>.</param>
public sealed record GoogleServiceAccount(string ClientEmail, string PrivateKey)
{
    internal bool IsComplete => ClientEmail.Length > 0 && PrivateKey.Length > 0;
}

/// <summary>Selects a page of purchases or subscriptions, newest first.</summary>
public sealed record PurchaseQuery(int Limit)
{
    /// <summary>Only purchases of this user; null for all users.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The cursor of another page of the same list, or empty.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Only purchases made at this time or later.</summary>
    public DateTime? After { get; init; }

    /// <summary>Only purchases made at this time or earlier.</summary>
    public DateTime? Before { get; init; }
}

/// <summary>One purchase, as a store has confirmed it.</summary>
internal sealed record StorePurchase(StoreProvider Store, string TransactionId, string ProductId)
{
    public DateTime PurchaseTime { get; init; }

    /// <summary>When the purchase was refunded; null when it was not, or when the store does not report it.</summary>
    public DateTime? RefundTime { get; init; }

    public StoreEnvironment Environment { get; init; }

    /// <summary>The part of the store's response that is stored: JSON.</summary>
    public string RawResponse { get; init; } = "{}";

    /// <summary>The part of the response that the client gets.</summary>
    public string ProviderResponse { get; init; } = "";
}
