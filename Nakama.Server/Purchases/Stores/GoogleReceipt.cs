using System.Text.Json;

namespace Nakama.Server.Purchases.Stores;

/// <summary>The receipt of a Google Play purchase from the device; untrusted until Google has confirmed the token.</summary>
internal sealed record GoogleReceipt(string PackageName, string ProductId, string PurchaseToken, long PurchaseState, DateTime? PurchaseTime)
{
    /// <summary>Reads the receipt itself, or a wrapper that contains it as a string named <c>json</c>.</summary>
    /// <exception cref="Errors.ApiException">It is not a valid receipt.</exception>
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

    /// <summary>Whether it is usable as a single path segment, and not as a relative one.</summary>
    internal static bool IsName(string text) => text.Length > 0 && text is not ("." or "..");
}
