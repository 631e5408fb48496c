using System.Text.Json;

namespace Nakama.Server.Purchases.Stores;

/// <summary>What a device shows of a purchase at Google Play. Nothing of it is to be believed before Google has confirmed the token.</summary>
internal sealed record GoogleReceipt(string PackageName, string ProductId, string PurchaseToken, long PurchaseState, DateTime? PurchaseTime)
{
    /// <summary>Reads the receipt itself, or a wrapper that holds it as a text named <c>json</c>.</summary>
    /// <exception cref="Errors.ApiException">It is none.</exception>
    public static GoogleReceipt Parse(string text)
    {
        var json = StoreJson.Parse(text) ?? throw PurchaseErrors.Malformed;
        if (json.Text("json") is { Length: > 0 } inner) json = StoreJson.Parse(inner) ?? throw PurchaseErrors.Malformed;
        return Read(json);
    }

    private static GoogleReceipt Read(JsonElement json)
    {
        var receipt = new GoogleReceipt(
            json.Text("packageName"), json.Text("productId"), json.Text("purchaseToken"),
            json.Number("purchaseState") ?? 0, json.Milliseconds("purchaseTime"));
        return IsName(receipt.PackageName) && IsName(receipt.ProductId) && IsName(receipt.PurchaseToken) ? receipt : throw PurchaseErrors.Malformed;
    }

    /// <summary>Whether it names one thing in an address, and not the place above.</summary>
    internal static bool IsName(string text) => text.Length > 0 && text is not ("." or "..");
}
