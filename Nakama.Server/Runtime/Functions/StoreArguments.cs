using Nakama.Server.Errors;
using Nakama.Server.Purchases;

namespace Nakama.Server.Runtime.Functions;

/// <summary>The common arguments and errors of functions for purchases and subscriptions.</summary>
internal static class StoreArguments
{
    public const string BadUser = "invalid user id";

    private const int MaxPage = 100;

    /// <summary>The buyer, the receipt, and whether to store the result.</summary>
    public static FunctionDescription Receipt(FunctionDescription function, string name, LanguageText whenEmpty) =>
        function.Id("user_id", BadUser).Text(name, whenEmpty).OptionalFlag("persist", true);

    public static FunctionDescription TakesStorePage(this FunctionDescription function) =>
        function.OptionalId("user_id", BadUser).OptionalWhole("limit", MaxPage).OptionalText("cursor", "");

    /// <summary>The page that the parameters of <see cref="TakesStorePage"/> select.</summary>
    public static PurchaseQuery StorePage(this FunctionCall call)
    {
        var limit = call.Whole(1);
        if (limit is < 1 or > MaxPage) throw call.Refuse(1, "expects a limit 1-100");
        return new((int)limit) { UserId = call.IdOrNull(0), Cursor = call.Text(2) };
    }

    /// <summary>The account for the request to Google, if a module uses another than the configured one.</summary>
    public static GoogleServiceAccount? Account(FunctionCall call, IapOptions options) => call.Has(3) || call.Has(4)
        ? new(call.TextOrNull(3) ?? options.Google.ClientEmail, call.TextOrNull(4) ?? options.Google.PrivateKey)
        : null;

    /// <summary>Runs a store validation and converts its error to one of the function.</summary>
    public static async ValueTask<T> TellAsync<T>(string storeName, Func<ValueTask<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ApiException e) when (e.Reason == PurchaseErrors.NotConfiguredReason)
        {
            throw new FunctionException(new(e.Message, char.ToLowerInvariant(e.Message[0]) + e.Message[1..^1]));
        }
        catch (ApiException e)
        {
            // Messages of a store or the database have no status of their own, and modules get none for a malformed receipt.
            throw Attempt.Fault($"error validating {storeName} receipt", e.Status is StatusCode.Unknown or StatusCode.InvalidArgument ? e.Message : Cause.WithStatus(e));
        }
    }
}
