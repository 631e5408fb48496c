using Nakama.Protocol.Api;
using Nakama.Server.Api;

namespace Nakama.Server.Purchases;

/// <summary>Validates the subscription receipts that users submit, and lets users read their subscriptions.</summary>
internal sealed class SubscriptionsApi(ReceiptValidation validation, SubscriptionStore store) : IApiFeature
{
    private const int MaxPageSize = 100;

    public void Map(ApiMap api)
    {
        api.Map<ValidateSubscriptionAppleRequest, ValidateSubscriptionResponse>("ValidateSubscriptionApple", (call, request, cancellationToken) =>
            validation.ValidateAppleSubscriptionAsync(call.UserId, request.Receipt, request.Persist ?? true, password: null, cancellationToken));
        api.Map<ValidateSubscriptionGoogleRequest, ValidateSubscriptionResponse>("ValidateSubscriptionGoogle", (call, request, cancellationToken) =>
            validation.ValidateGoogleSubscriptionAsync(call.UserId, request.Receipt, request.Persist ?? true, account: null, cancellationToken));
        api.Map<ListSubscriptionsRequest, SubscriptionList>("ListSubscriptions", ListAsync);
        api.Map<GetSubscriptionRequest, ValidatedSubscription>("GetSubscription", GetAsync);
    }

    private ValueTask<SubscriptionList> ListAsync(ApiCall call, ListSubscriptionsRequest request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? MaxPageSize;
        if (limit is < 1 or > MaxPageSize) throw PurchaseErrors.Limit;
        return store.ListAsync(new(limit) { UserId = call.UserId, Cursor = request.Cursor }, cancellationToken);
    }

    private async ValueTask<ValidatedSubscription> GetAsync(ApiCall call, GetSubscriptionRequest request, CancellationToken cancellationToken) =>
        await store.FindByProductAsync(call.UserId, request.ProductId, cancellationToken) ?? throw PurchaseErrors.SubscriptionNotFound;
}
