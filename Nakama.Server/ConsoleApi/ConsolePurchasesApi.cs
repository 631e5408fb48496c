using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Purchases;
using Nakama.Server.Security;
using GetSubscriptionRequest = Nakama.Protocol.Console.GetSubscriptionRequest;
using ListSubscriptionsRequest = Nakama.Protocol.Console.ListSubscriptionsRequest;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' view of purchases and subscriptions.</summary>
internal sealed class ConsolePurchasesApi(PurchaseStore purchases, SubscriptionStore subscriptions) : IConsoleFeature
{
    private const int MaxPageSize = 100;

    public void Map(ApiMap api)
    {
        api.Map<ListPurchasesRequest, PurchaseList>("ListPurchases", ListPurchasesAsync);
        api.Map<GetPurchaseRequest, ValidatedPurchase>("GetPurchase", GetPurchaseAsync);
        api.Map<ListSubscriptionsRequest, SubscriptionList>("ListSubscriptions", ListSubscriptionsAsync);
        api.Map<GetSubscriptionRequest, ValidatedSubscription>("GetSubscription", GetSubscriptionAsync);
    }

    private async ValueTask<PurchaseList> ListPurchasesAsync(ApiCall call, ListPurchasesRequest request, CancellationToken cancellationToken)
    {
        if (request.Filter.Length == 0)
            return WithTimes(await ListAsync(purchases.ListAsync(Query(request.Limit, request.UserId, request.Cursor, request.After, request.Before), cancellationToken)));
        var found = await purchases.FindAsync(request.Filter, cancellationToken);
        return found is null ? new PurchaseList() : WithTimes(new PurchaseList { ValidatedPurchases = { found } });
    }

    private async ValueTask<ValidatedPurchase> GetPurchaseAsync(ApiCall call, GetPurchaseRequest request, CancellationToken cancellationToken)
    {
        var found = await purchases.FindAsync(request.TransactionId, cancellationToken) ?? throw ConsoleErrors.PurchaseNotFound;
        found.RefundTime ??= new Timestamp();
        return found;
    }

    private async ValueTask<SubscriptionList> ListSubscriptionsAsync(ApiCall call, ListSubscriptionsRequest request, CancellationToken cancellationToken)
    {
        if (request.Filter.Length == 0)
            return WithTimes(await ListAsync(subscriptions.ListAsync(Query(request.Limit, request.UserId, request.Cursor, request.After, request.Before), cancellationToken)));
        var found = await subscriptions.FindAsync(request.Filter, cancellationToken);
        return found is null ? new SubscriptionList() : WithTimes(new SubscriptionList { ValidatedSubscriptions = { found } });
    }

    private async ValueTask<ValidatedSubscription> GetSubscriptionAsync(ApiCall call, GetSubscriptionRequest request, CancellationToken cancellationToken)
    {
        var found = await subscriptions.FindAsync(request.OriginalTransactionId, cancellationToken) ?? throw ConsoleErrors.SubscriptionNotFound;
        found.RefundTime ??= new Timestamp();
        return found;
    }

    // Clients of the console read a time here even where nothing was refunded.
    private static PurchaseList WithTimes(PurchaseList list)
    {
        foreach (var purchase in list.ValidatedPurchases) purchase.RefundTime ??= new Timestamp();
        return list;
    }

    private static SubscriptionList WithTimes(SubscriptionList list)
    {
        foreach (var subscription in list.ValidatedSubscriptions) subscription.RefundTime ??= new Timestamp();
        return list;
    }

    private static async ValueTask<T> ListAsync<T>(ValueTask<T> list)
    {
        try
        {
            return await list;
        }
        catch (ApiException e) when (e.Status == StatusCode.InvalidArgument)
        {
            throw ConsoleErrors.PurchasesCursor;
        }
    }

    private static PurchaseQuery Query(
        uint limit, string userId, string cursor, Timestamp? after, Timestamp? before)
    {
        if (limit is < 1 or > MaxPageSize) throw ConsoleErrors.PageLimit;
        return new((int)limit)
        {
            UserId = userId.Length == 0 ? null : UuidText.TryParse(userId, out var id) ? id : throw ConsoleErrors.UserIdFilter,
            Cursor = cursor,
            After = after?.ToDateTime(),
            Before = before?.ToDateTime(),
        };
    }
}
