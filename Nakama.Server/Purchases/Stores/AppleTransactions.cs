using System.Text.Json;
using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases.Stores;

/// <summary>Transactions that Apple signs and hands to the device.</summary>
internal sealed class AppleTransactions(AppleSignedData signed, IapOptions options)
{
    /// <exception cref="Errors.ApiException">It is not signed by Apple, for another app, or a subscription.</exception>
    public StorePurchase ReadPurchase(string receipt)
    {
        var transaction = Open(receipt);
        return transaction.Milliseconds("expiresDate") is null ? Purchase(transaction, receipt) : throw PurchaseErrors.IsSubscription;
    }

    /// <exception cref="Errors.ApiException">It is not signed by Apple, for another app, or not a subscription.</exception>
    public StoreSubscription ReadSubscription(string receipt)
    {
        var transaction = Open(receipt);
        if (transaction.Milliseconds("expiresDate") is null) throw PurchaseErrors.IsPurchase;
        return Subscription(transaction) with { RawResponse = Raw(receipt) };
    }

    /// <exception cref="Errors.ApiException">It belongs to another app than the configured one.</exception>
    public void CheckBundle(string bundle)
    {
        if (options.Apple.BundleId.Length > 0 && options.Apple.BundleId != bundle) throw PurchaseErrors.ForeignBundle(bundle);
    }

    public static StorePurchase Purchase(JsonElement transaction, string receipt) =>
        new(StoreProvider.AppleAppStore, transaction.Text("transactionId"), transaction.Text("productId"))
        {
            PurchaseTime = transaction.Milliseconds("purchaseDate") ?? DateTime.UnixEpoch,
            RefundTime = transaction.Milliseconds("revocationDate"),
            Environment = Environment(transaction),
            RawResponse = Raw(receipt),
        };

    public static StoreSubscription Subscription(JsonElement transaction) =>
        new(StoreProvider.AppleAppStore, transaction.Text("originalTransactionId"), transaction.Text("productId"))
        {
            PurchaseTime = transaction.Milliseconds("originalPurchaseDate") ?? DateTime.UnixEpoch,
            ExpiryTime = transaction.Milliseconds("expiresDate") ?? DateTime.UnixEpoch,
            RefundTime = transaction.Milliseconds("revocationDate"),
            Environment = Environment(transaction),
        };

    public static StoreEnvironment Environment(JsonElement holder) =>
        holder.Text("environment") == "Sandbox" ? StoreEnvironment.Sandbox : StoreEnvironment.Production;

    private static string Raw(string receipt) => $$"""{"jws":"{{receipt}}"}""";

    private JsonElement Open(string receipt)
    {
        var transaction = signed.Open(receipt);
        CheckBundle(transaction.Text("bundleId"));
        return transaction;
    }
}
