using Nakama.Protocol.Api;
using Nakama.Server.Purchases;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Purchases, verified with their stores.</summary>
internal sealed class PurchaseFunctions(ReceiptValidation validation, PurchaseStore store, IapOptions options) : IFunctionModule
{
    public string Name => "Purchases";

    public void Describe(FunctionGroup functions)
    {
        StoreArguments.Receipt(functions.Function("purchase_validate_apple", "Has a receipt of the App Store confirmed."), "receipt", "expects receipt")
            .OptionalText("password").Returns("validated_purchases")
            .Does((call, token) => AnswerAsync("Apple", () => validation.ValidateApplePurchaseAsync(call.Id(0), call.Text(1), call.Flag(2), call.TextOrNull(3), token)));
        StoreArguments.Receipt(functions.Function("purchase_validate_google", "Has a receipt of Google Play confirmed."), "receipt", "expects receipt")
            .OptionalText("client_email").OptionalText("private_key").Returns("validated_purchases")
            .Does((call, token) => AnswerAsync("Google", () => validation.ValidateGooglePurchaseAsync(call.Id(0), call.Text(1), call.Flag(2), StoreArguments.Account(call, options), token)));
        // The two messages are swapped, for compatibility.
        functions.Function("purchase_validate_huawei", "Has a purchase of the AppGallery confirmed: the purchase as JSON, and its signature.")
            .Id("user_id", StoreArguments.BadUser).Text("purchase", "expects signature").Text("signature", "expects receipt").OptionalFlag("persist", true)
            .Returns("validated_purchases")
            .Does((call, token) => AnswerAsync("Huawei", () => validation.ValidateHuaweiPurchaseAsync(call.Id(0), call.Text(1), call.Text(2), call.Flag(3), token)));
        StoreArguments.Receipt(functions.Function("purchase_validate_facebook_instant", "Has a purchase in an Instant Game confirmed."), "signed_request", "expects signedRequest")
            .Returns("validated_purchases")
            .Does((call, token) => AnswerAsync("Facebook Instant", () => validation.ValidateFacebookInstantPurchaseAsync(call.Id(0), call.Text(1), call.Flag(2), token)));
        StoreArguments.Receipt(functions.Function("purchase_validate_samsung", "Has a purchase of the Galaxy Store confirmed."), "purchase_id", "expects purchase ID")
            .Returns("validated_purchases")
            .Does((call, token) => AnswerAsync("Samsung", () => validation.ValidateSamsungPurchaseAsync(call.Id(0), call.Text(1), call.Flag(2), token)));
        functions.Function("purchase_get_by_transaction_id", "A purchase that was confirmed.")
            .Text("transaction_id", "expects a transaction ID string").Returns("purchase").Does(FindAsync);
        functions.Function("purchases_list", "A page of purchases, of one user or of all, newest first.")
            .TakesStorePage().Returns("validated_purchases", "cursor", "prev_cursor").Does(ListAsync);
    }

    private static async ValueTask<ScriptValue> AnswerAsync(string storeName, Func<ValueTask<ValidatePurchaseResponse>> work)
    {
        var answer = await StoreArguments.TellAsync(storeName, work);
        var purchases = answer.ValidatedPurchases.Select(StoreRecords.Of).ToList();
        return ScriptValue.Of(new ScriptRecord(1).Add("validated_purchases", ScriptValue.Of(purchases)));
    }

    private async ValueTask<ScriptValue> FindAsync(FunctionCall call, CancellationToken cancellationToken) =>
        await store.FindAsync(call.Text(0), cancellationToken).OrFaultAsync("error retrieving purchase") is { } purchase
            ? StoreRecords.Of(purchase)
            : throw Attempt.Fault("error retrieving purchase", "purchase not found");

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(call.StorePage(), cancellationToken).OrFaultAsync("error retrieving purchases");
        return ScriptValue.Results(
            ScriptValue.Of(page.ValidatedPurchases.Select(StoreRecords.Of).ToList()),
            BoardRecords.Cursor(page.Cursor), BoardRecords.Cursor(page.PrevCursor));
    }
}
