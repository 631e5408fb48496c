using Nakama.Protocol.Api;
using Nakama.Server.Purchases;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Subscriptions, verified with their stores.</summary>
internal sealed class SubscriptionFunctions(ReceiptValidation validation, SubscriptionStore store, IapOptions options) : IFunctionModule
{
    private static readonly LanguageText FindFailed = new("error retrieving subscription", "error retrieving purchase");

    public string Name => "Subscriptions";

    public void Describe(FunctionGroup functions)
    {
        StoreArguments.Receipt(functions.Function("subscription_validate_apple", "Has a receipt of the App Store confirmed."), "receipt", "expects receipt")
            .OptionalText("password").Returns("validated_subscription")
            .Does((call, token) => AnswerAsync("Apple", () => validation.ValidateAppleSubscriptionAsync(call.Id(0), call.Text(1), call.Flag(2), call.TextOrNull(3), token)));
        StoreArguments.Receipt(functions.Function("subscription_validate_google", "Has a receipt of Google Play confirmed."), "receipt", "expects receipt")
            .OptionalText("client_email").OptionalText("private_key").Returns("validated_subscription")
            .Does((call, token) => AnswerAsync("Google", () => validation.ValidateGoogleSubscriptionAsync(call.Id(0), call.Text(1), call.Flag(2), StoreArguments.Account(call, options), token)));
        functions.Function("subscription_get_by_product_id", "A user's subscription to a product.")
            .Id("user_id", StoreArguments.BadUser).Text("product_id", "expects a product ID string").Returns("subscription").Does(FindAsync);
        functions.Function("subscriptions_list", "A page of subscriptions, of one user or of all, those bought last first.")
            .TakesStorePage().Returns("validated_subscriptions", "cursor", "prev_cursor").Does(ListAsync);
    }

    private static async ValueTask<ScriptValue> AnswerAsync(string storeName, Func<ValueTask<ValidateSubscriptionResponse>> work)
    {
        var answer = await StoreArguments.TellAsync(storeName, work);
        return ScriptValue.Of(new ScriptRecord(1).Add("validated_subscription", StoreRecords.Of(answer.ValidatedSubscription)));
    }

    private async ValueTask<ScriptValue> FindAsync(FunctionCall call, CancellationToken cancellationToken) =>
        await store.FindByProductAsync(call.Id(0), call.Text(1), cancellationToken).OrFaultAsync(FindFailed) is { } subscription
            ? StoreRecords.Of(subscription)
            : throw Attempt.Fault(FindFailed, "subscription not found");

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(call.StorePage(), cancellationToken).OrFaultAsync("error retrieving subscriptions");
        return ScriptValue.Results(
            ScriptValue.Of(page.ValidatedSubscriptions.Select(StoreRecords.Of).ToList()),
            BoardRecords.Cursor(page.Cursor), BoardRecords.Cursor(page.PrevCursor));
    }
}
