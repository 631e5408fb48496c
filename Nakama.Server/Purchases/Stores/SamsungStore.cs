using System.Globalization;
using System.Net;
using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases.Stores;

/// <summary>Samsung's Galaxy Store, which identifies a purchase by its id alone.</summary>
internal sealed class SamsungStore(StoreHttp http, IapOptions options)
{
    private const string Store = "Samsung";

    /// <exception cref="Errors.ApiException">Samsung does not know the purchase, or it belongs to another app.</exception>
    public async ValueTask<StorePurchase> FetchPurchaseAsync(string purchaseId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{options.Samsung.Address}/iap/v6/receipt?purchaseID={Uri.EscapeDataString(purchaseId)}");
        var answer = await http.SendAsync(Store, request, cancellationToken);

        var package = answer.Json.Text("packageName");
        var isForeign = options.Samsung.PackageName.Length > 0 && package.Length > 0 && package != options.Samsung.PackageName;
        var item = answer.Json.Text("itemId");
        if (answer.Json.Text("status") != "success" || isForeign || item.Length == 0)
            throw PurchaseErrors.Upstream(Store, (int)HttpStatusCode.OK, answer.Text);
        return new(StoreProvider.SamsungGalaxyStore, purchaseId, item)
        {
            PurchaseTime = Time(answer.Json.Text("purchaseDate")),
            Environment = answer.Json.Text("mode") == "TEST" ? StoreEnvironment.Sandbox : StoreEnvironment.Production,
            RawResponse = answer.Text,
            ProviderResponse = answer.Text,
        };
    }

    private static DateTime Time(string text) => DateTime.TryParseExact(
        text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        && time >= DateTime.UnixEpoch
            ? time
            : DateTime.UnixEpoch;
}
