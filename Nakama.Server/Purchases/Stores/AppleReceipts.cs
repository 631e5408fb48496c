using System.Text;
using System.Text.Json;
using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases.Stores;

/// <summary>The App Store's older receipts, which Apple's servers verify: the production server first, then the sandbox.</summary>
internal sealed class AppleReceipts(StoreHttp http, AppleTransactions transactions, IapOptions options)
{
    private const string Store = "Apple";
    private const int IsOfSandbox = 21007;

    /// <summary>The one-time purchases; empty when the receipt lists nothing.</summary>
    /// <exception cref="Errors.ApiException">Apple rejects the receipt, or it lists only subscriptions.</exception>
    public async ValueTask<IReadOnlyList<StorePurchase>> FetchPurchasesAsync(string receipt, string password, CancellationToken cancellationToken)
    {
        var answer = await VerifyAsync(receipt, password, cancellationToken);
        var entries = Entries(answer.Json).ToList();
        var purchases = new List<StorePurchase>();
        foreach (var entry in entries)
        {
            if (entry.Milliseconds("expires_date_ms") is not null) continue;
            var id = entry.Text("transaction_id");
            if (purchases.Exists(purchase => purchase.TransactionId == id)) continue;
            purchases.Add(new(StoreProvider.AppleAppStore, id, entry.Text("product_id"))
            {
                PurchaseTime = entry.Milliseconds("purchase_date_ms") ?? DateTime.UnixEpoch,
                Environment = AppleTransactions.Environment(answer.Json),
                RawResponse = answer.Text,
                ProviderResponse = answer.Text,
            });
        }

        return purchases.Count > 0 || entries.Count == 0 ? purchases : throw PurchaseErrors.IsSubscription;
    }

    /// <summary>The subscriptions by latest expiry, each in its most recent renewal.</summary>
    /// <exception cref="Errors.ApiException">Apple rejects the receipt, or it contains no subscription.</exception>
    public async ValueTask<IReadOnlyList<StoreSubscription>> FetchSubscriptionsAsync(string receipt, string password, CancellationToken cancellationToken)
    {
        var answer = await VerifyAsync(receipt, password, cancellationToken);
        StoreSubscription[] subscriptions =
        [
            .. from entry in answer.Json.Objects("latest_receipt_info")
               let expiry = entry.Milliseconds("expires_date_ms")
               where expiry is not null
               orderby expiry descending
               select new StoreSubscription(StoreProvider.AppleAppStore, entry.Text("original_transaction_id"), entry.Text("product_id"))
               {
                   PurchaseTime = entry.Milliseconds("original_purchase_date_ms") ?? DateTime.UnixEpoch,
                   ExpiryTime = expiry.Value,
                   Environment = AppleTransactions.Environment(answer.Json),
                   RawResponse = answer.Text,
               },
        ];
        return subscriptions.Length > 0
            ? [.. subscriptions.DistinctBy(static subscription => subscription.OriginalTransactionId)]
            : throw PurchaseErrors.IsPurchase;
    }

    private static IEnumerable<JsonElement> Entries(JsonElement answer) =>
        (answer.Object("receipt")?.Objects("in_app") ?? []).Concat(answer.Objects("latest_receipt_info"));

    private async ValueTask<StoreAnswer> VerifyAsync(string receipt, string password, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(options.Apple.ReceiptAddress, receipt, password, cancellationToken);
        if (answer.Json.Number("status") == IsOfSandbox) answer = await AskAsync(options.Apple.SandboxReceiptAddress, receipt, password, cancellationToken);

        var status = answer.Json.Number("status") ?? throw PurchaseErrors.Raw("no status from Apple service");
        if (status != 0) throw MayRetry(answer.Json) ? PurchaseErrors.AppleUnavailable : PurchaseErrors.InvalidStatus(status);
        transactions.CheckBundle(answer.Json.Object("receipt")?.Text("bundle_id") ?? "");
        return answer;
    }

    /// <summary>Apple has used all of these representations.</summary>
    private static bool MayRetry(JsonElement answer) =>
        answer.TryGetProperty("is-retryable", out var value)
        && (value.ValueKind == JsonValueKind.True || answer.Text("is-retryable") is "true" || answer.Number("is-retryable") == 1);

    private async ValueTask<StoreAnswer> AskAsync(string address, string receipt, string password, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["receipt-data"] = receipt,
            ["exclude-old-transactions"] = true,
            ["password"] = password,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return await http.SendAsync(Store, request, cancellationToken);
    }
}
