using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Server.Purchases.Stores;

namespace Nakama.Server.Purchases;

public sealed partial class ReceiptValidation
{
    /// <summary>Validates either kind of Apple receipt. Both require the shared secret.</summary>
    /// <param name="userId">The subscriber.</param>
    /// <param name="receipt">A signed transaction, or an older receipt.</param>
    /// <param name="persist">Whether to store it.</param>
    /// <param name="password">The app's shared secret; null for the configured one.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiException">The receipt is rejected.</exception>
    public async ValueTask<ValidateSubscriptionResponse> ValidateAppleSubscriptionAsync(
        Guid userId, string receipt, bool persist, string? password, CancellationToken cancellationToken)
    {
        password = RequirePassword(password);
        if (receipt.Length == 0) throw PurchaseErrors.ReceiptEmpty;
        if (!AppleSignedData.IsSigned(receipt))
            return await FinishAsync(userId, await _appleReceipts.FetchSubscriptionsAsync(receipt, password, cancellationToken), persist, cancellationToken);

        var subscription = _appleTransactions.ReadSubscription(receipt);
        try
        {
            var response = await FinishAsync(userId, [subscription], persist, cancellationToken);
            // The client has the receipt already.
            response.ValidatedSubscription.ProviderResponse = "";
            return response;
        }
        catch (ApiException e) when (e.Status == StatusCode.Unknown)
        {
            throw PurchaseErrors.AppleSubscriptionStorageFailed;
        }
    }

    /// <summary>Validates a Google Play subscription.</summary>
    /// <param name="userId">The subscriber.</param>
    /// <param name="receipt">The receipt as JSON.</param>
    /// <param name="persist">Whether to store it.</param>
    /// <param name="account">The service account for the request to Google; null for the configured one.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiException">The receipt is rejected.</exception>
    public async ValueTask<ValidateSubscriptionResponse> ValidateGoogleSubscriptionAsync(
        Guid userId, string receipt, bool persist, GoogleServiceAccount? account, CancellationToken cancellationToken)
    {
        account = RequireAccount(account);
        if (receipt.Length == 0) throw PurchaseErrors.ReceiptEmpty;
        return await FinishAsync(userId, [await _google.FetchSubscriptionAsync(receipt, account, cancellationToken)], persist, cancellationToken);
    }

    /// <summary>The response contains the first subscription; the others are stored with it.</summary>
    private async ValueTask<ValidateSubscriptionResponse> FinishAsync(
        Guid userId, IReadOnlyList<StoreSubscription> subscriptions, bool persist, CancellationToken cancellationToken)
    {
        foreach (var subscription in subscriptions) CheckIds(subscription.OriginalTransactionId, subscription.ProductId);
        if (!persist) return new() { ValidatedSubscription = _subscriptions.Message(userId, subscriptions[0]) };
        return new() { ValidatedSubscription = (await KeptAsync(_subscriptions.UpsertAsync(userId, subscriptions, cancellationToken)))[0] };
    }
}
