using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases.Stores;

/// <summary>Huawei's AppGallery: a signed purchase, which its order service verifies.</summary>
internal sealed class HuaweiStore(StoreHttp http, IapOptions options, TimeProvider time)
{
    private const string Store = "Huawei";
    private const int OfAppTouch = 1;
    private const int IsTest = 0;

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestToken = TimeSpan.FromHours(1);

    private volatile AccessToken? _token;

    public bool IsConfigured =>
        options.Huawei.PublicKey.Length > 0 && options.Huawei.ClientId.Length > 0 && options.Huawei.ClientSecret.Length > 0;

    /// <exception cref="Errors.ApiException">The signature is wrong, or Huawei rejects the purchase.</exception>
    public async ValueTask<StorePurchase> FetchPurchaseAsync(string purchase, string signature, CancellationToken cancellationToken)
    {
        if (!IsSigned(purchase, signature)) throw PurchaseErrors.HuaweiSignature;
        var shown = StoreJson.Parse(purchase) ?? throw PurchaseErrors.Malformed;

        var host = shown.Number("accountFlag") == OfAppTouch ? options.Huawei.AppTouchAddress : options.Huawei.OrderAddress;
        var token = await TokenAsync(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, host + "/applications/purchases/tokens/verify")
        {
            Content = new StringContent(
                JsonSerializer.Serialize(new { purchaseToken = shown.Text("purchaseToken"), productId = shown.Text("productId") }),
                Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("APPAT:" + token)));
        var answer = await http.SendAsync(Store, request, cancellationToken);

        var code = answer.Json.Text("responseCode");
        if (code != "0") throw PurchaseErrors.InvalidCode(code);
        var order = answer.Json.Object("purchaseTokenData") ?? StoreJson.Parse(answer.Json.Text("purchaseTokenData"))
            ?? throw PurchaseErrors.Raw("no purchase from Huawei service");
        return new(StoreProvider.HuaweiAppGallery, order.Text("purchaseToken"), order.Text("productId"))
        {
            PurchaseTime = order.Milliseconds("purchaseTime") ?? DateTime.UnixEpoch,
            Environment = order.Number("purchaseType") == IsTest ? StoreEnvironment.Sandbox : StoreEnvironment.Production,
            RawResponse = answer.Text,
            ProviderResponse = answer.Text,
        };
    }

    private bool IsSigned(string purchase, string signature)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(options.Huawei.PublicKey), out _);
            return key.VerifyData(
                Encoding.UTF8.GetBytes(purchase), Convert.FromBase64String(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private async ValueTask<string> TokenAsync(CancellationToken cancellationToken)
    {
        if (_token is { } kept && kept.Until > time.GetUtcNow()) return kept.Text;
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Huawei.TokenAddress)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"),
                new("client_id", options.Huawei.ClientId),
                new("client_secret", options.Huawei.ClientSecret),
            ]),
        };
        var answer = await http.SendAsync(Store, request, cancellationToken);
        var text = answer.Json.Text("access_token");
        if (text.Length == 0) throw PurchaseErrors.Raw("no access token from Huawei service");
        var seconds = Math.Clamp(answer.Json.Number("expires_in") ?? 0, 0, (long)LongestToken.TotalSeconds);
        _token = new(text, time.GetUtcNow() + TimeSpan.FromSeconds(seconds) - Margin);
        return text;
    }

    private sealed record AccessToken(string Text, DateTimeOffset Until);
}
