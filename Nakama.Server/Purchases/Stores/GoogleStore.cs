using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases.Stores;

/// <summary>Google Play: looks up purchase tokens in its publisher API.</summary>
internal sealed class GoogleStore(StoreHttp http, GoogleStoreTokens tokens, IapOptions options)
{
    private const string Store = "Google";
    private const int IsTest = 0;

    /// <summary>The configured account.</summary>
    public GoogleServiceAccount Account { get; } = new(options.Google.ClientEmail, options.Google.PrivateKey);

    /// <exception cref="Errors.ApiException">Google rejects the purchase, or it is not paid.</exception>
    public async ValueTask<StorePurchase> FetchPurchaseAsync(string receiptText, GoogleServiceAccount account, CancellationToken cancellationToken)
    {
        var receipt = GoogleReceipt.Parse(receiptText);
        var answer = await GetAsync(
            $"{Package(receipt.PackageName)}/purchases/products/{Escape(receipt.ProductId)}/tokens/{Escape(receipt.PurchaseToken)}",
            account, cancellationToken);
        // The user can change the state in the receipt, so the state that Google reports is checked as well.
        if (receipt.PurchaseState != 0) throw PurchaseErrors.InvalidState(receipt.PurchaseState);
        if (answer.Json.Number("purchaseState") is not (null or 0) and var state) throw PurchaseErrors.InvalidState(state.Value);
        return new(StoreProvider.GooglePlayStore, receipt.PurchaseToken, receipt.ProductId)
        {
            PurchaseTime = answer.Json.Milliseconds("purchaseTimeMillis") ?? receipt.PurchaseTime ?? DateTime.UnixEpoch,
            Environment = answer.Json.Number("purchaseType") == IsTest ? StoreEnvironment.Sandbox : StoreEnvironment.Production,
            RawResponse = answer.Text,
            ProviderResponse = answer.Text,
        };
    }

    /// <exception cref="Errors.ApiException">Google rejects the subscription.</exception>
    public async ValueTask<StoreSubscription> FetchSubscriptionAsync(string receiptText, GoogleServiceAccount account, CancellationToken cancellationToken)
    {
        var receipt = GoogleReceipt.Parse(receiptText);
        var answer = await GetSubscriptionAsync(receipt.PackageName, receipt.PurchaseToken, account, cancellationToken);
        return Subscription(answer, receipt.PurchaseToken, receipt.ProductId, receipt.PurchaseTime);
    }

    /// <summary>Google's description of a subscription.</summary>
    public ValueTask<StoreAnswer> GetSubscriptionAsync(
        string packageName, string token, GoogleServiceAccount account, CancellationToken cancellationToken) =>
        GetAsync($"{Package(packageName)}/purchases/subscriptionsv2/tokens/{Escape(token)}", account, cancellationToken);

    /// <param name="answer">Google's description.</param>
    /// <param name="token">The token of the request; a token that it replaces identifies the subscription instead.</param>
    /// <param name="productId">The product to use when the description names none.</param>
    /// <param name="purchaseTime">When it was bought, if known.</param>
    public static StoreSubscription Subscription(StoreAnswer answer, string token, string productId, DateTime? purchaseTime)
    {
        var line = answer.Json.Objects("lineItems").FirstOrDefault();
        var isLine = line.ValueKind == JsonValueKind.Object;
        var linked = answer.Json.Text("linkedPurchaseToken");
        var product = isLine ? line.Text("productId") : "";
        return new(StoreProvider.GooglePlayStore, linked.Length > 0 ? linked : token, product.Length > 0 ? product : productId)
        {
            PurchaseTime = purchaseTime ?? Time(answer.Json, "startTime") ?? DateTime.UnixEpoch,
            ExpiryTime = (isLine ? Time(line, "expiryTime") : null) ?? throw PurchaseErrors.Raw("no expiry time from Google service"),
            Environment = answer.Json.Object("testPurchase") is null ? StoreEnvironment.Production : StoreEnvironment.Sandbox,
            RawResponse = answer.Text,
        };
    }

    private static DateTime? Time(JsonElement json, string name) => DateTime.TryParse(
        json.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
        && time >= DateTime.UnixEpoch
            ? time
            : null;

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private string Package(string name) => $"{options.Google.Address}/androidpublisher/v3/applications/{Escape(name)}";

    private async ValueTask<StoreAnswer> GetAsync(string address, GoogleServiceAccount account, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(account, cancellationToken));
        var answer = await http.AskAsync(request, cancellationToken);
        // The token was revoked before its expiry; the next request gets another one.
        if (answer.Status == HttpStatusCode.Unauthorized) tokens.Forget(account);
        return StoreHttp.Read(Store, answer);
    }
}
