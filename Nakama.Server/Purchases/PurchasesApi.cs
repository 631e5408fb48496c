using Nakama.Protocol.Api;
using Nakama.Server.Api;

namespace Nakama.Server.Purchases;

/// <summary>Validates the purchase receipts that users submit.</summary>
internal sealed class PurchasesApi(ReceiptValidation validation) : IApiFeature
{
    public void Map(ApiMap api)
    {
        api.Map<ValidatePurchaseAppleRequest, ValidatePurchaseResponse>("ValidatePurchaseApple", (call, request, cancellationToken) =>
            validation.ValidateApplePurchaseAsync(call.UserId, request.Receipt, request.Persist ?? true, password: null, cancellationToken));
        api.Map<ValidatePurchaseGoogleRequest, ValidatePurchaseResponse>("ValidatePurchaseGoogle", (call, request, cancellationToken) =>
            validation.ValidateGooglePurchaseAsync(call.UserId, request.Purchase, request.Persist ?? true, account: null, cancellationToken));
        api.Map<ValidatePurchaseHuaweiRequest, ValidatePurchaseResponse>("ValidatePurchaseHuawei", (call, request, cancellationToken) =>
            validation.ValidateHuaweiPurchaseAsync(call.UserId, request.Purchase, request.Signature, request.Persist ?? true, cancellationToken));
        api.Map<ValidatePurchaseFacebookInstantRequest, ValidatePurchaseResponse>("ValidatePurchaseFacebookInstant", (call, request, cancellationToken) =>
            validation.ValidateFacebookInstantPurchaseAsync(call.UserId, request.SignedRequest, request.Persist ?? true, cancellationToken));
        api.Map<ValidatePurchaseSamsungRequest, ValidatePurchaseResponse>("ValidatePurchaseSamsung", (call, request, cancellationToken) =>
            validation.ValidateSamsungPurchaseAsync(call.UserId, request.PurchaseId, request.Persist ?? true, cancellationToken));
    }
}
