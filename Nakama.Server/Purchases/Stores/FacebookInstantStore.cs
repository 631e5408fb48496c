using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nakama.Protocol.Api;
using Nakama.Server.Database;

namespace Nakama.Server.Purchases.Stores;

/// <summary>Facebook Instant Games purchases, which are signed with the app's secret.</summary>
internal sealed class FacebookInstantStore(IapOptions options)
{
    public bool IsConfigured => options.FacebookInstant.AppSecret.Length > 0;

    /// <exception cref="Errors.ApiException">The request is not signed with the app's secret, or contains no purchase.</exception>
    public StorePurchase ReadPurchase(string signedRequest)
    {
        var parts = signedRequest.Split('.');
        if (parts.Length != 2) throw PurchaseErrors.MalformedAs("invalid signedRequest format");
        var signature = Decode(parts[0], "first");
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.FacebookInstant.AppSecret), Encoding.UTF8.GetBytes(parts[1]));
        if (!CryptographicOperations.FixedTimeEquals(signature, expected)) throw PurchaseErrors.MalformedAs("signedRequest verification failed");

        var payload = Decode(parts[1], "second");
        var json = Parse(payload);
        var text = Encoding.UTF8.GetString(payload);
        return new(StoreProvider.FacebookInstantStore, json.Text("purchase_token"), json.Text("product_id"))
        {
            PurchaseTime = Seconds(json.Number("purchase_time")),
            Environment = StoreEnvironment.Production,
            RawResponse = text,
            ProviderResponse = text,
        };
    }

    private static DateTime Seconds(long? seconds) =>
        DateTime.UnixEpoch.AddSeconds(Math.Clamp(seconds ?? 0, 0, (DatabaseTime.Latest - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond));

    private static JsonElement Parse(byte[] payload) => StoreJson.Parse(payload) ?? throw PurchaseErrors.MalformedAs("error parsing JSON payload: no object");

    private static byte[] Decode(string part, string which)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            throw PurchaseErrors.MalformedAs($"error decoding signedRequest {which} part: illegal base64 data");
        }
    }
}
