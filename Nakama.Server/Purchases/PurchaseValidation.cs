using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Purchases.Stores;
using Nakama.Server.Wire.Api;
using Npgsql;

namespace Nakama.Server.Purchases;

/// <summary>Has purchases confirmed by their stores and stores them. Without <c>persist</c> nothing is stored.</summary>
public sealed class PurchaseValidation
{
    private readonly PurchaseStore _purchases;
    private readonly IapOptions _options;
    private readonly AppleTransactions _appleTransactions;
    private readonly AppleReceipts _appleReceipts;
    private readonly GoogleStore _google;
    private readonly HuaweiStore _huawei;
    private readonly FacebookInstantStore _facebookInstant;
    private readonly SamsungStore _samsung;

    internal PurchaseValidation(
        PurchaseStore purchases, IapOptions options, AppleTransactions appleTransactions, AppleReceipts appleReceipts,
        GoogleStore google, HuaweiStore huawei, FacebookInstantStore facebookInstant, SamsungStore samsung)
    {
        _purchases = purchases;
        _options = options;
        _appleTransactions = appleTransactions;
        _appleReceipts = appleReceipts;
        _google = google;
        _huawei = huawei;
        _facebookInstant = facebookInstant;
        _samsung = samsung;
    }

    /// <summary>Either kind of Apple's receipts.</summary>
    /// <param name="userId">Who bought.</param>
    /// <param name="receipt">A signed transaction, or an older receipt.</param>
    /// <param name="persist">Whether to store it.</param>
    /// <param name="password">The app's shared secret; null for the configured one. Signed transactions need none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ApiError">The receipt is refused.</exception>
    public async ValueTask<ValidatePurchaseResponse> ValidateAppleAsync(
        Guid userId, string receipt, bool persist, string? password, CancellationToken cancellationToken)
    {
        if (receipt.Length == 0) throw PurchaseErrors.ReceiptEmpty;
        if (AppleSignedData.IsSigned(receipt))
        {
            var purchase = _appleTransactions.ReadPurchase(receipt);
            try
            {
                return await FinishAsync(userId, [purchase], persist, cancellationToken);
            }
            catch (ApiError e) when (e.Status == StatusCode.Unknown)
            {
                throw PurchaseErrors.AppleStorageFailed;
            }
        }

        password ??= _options.Apple.SharedPassword;
        if (password.Length == 0) throw PurchaseErrors.NotConfigured("Apple");
        return await FinishAsync(userId, await _appleReceipts.FetchPurchasesAsync(receipt, password, cancellationToken), persist, cancellationToken);
    }

    /// <summary>A purchase at Google Play.</summary>
    /// <param name="userId">Who bought.</param>
    /// <param name="purchase">The receipt as JSON.</param>
    /// <param name="persist">Whether to store it.</param>
    /// <param name="account">The account that asks Google; null for the configured one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ApiError">The receipt is refused.</exception>
    public async ValueTask<ValidatePurchaseResponse> ValidateGoogleAsync(
        Guid userId, string purchase, bool persist, GoogleServiceAccount? account, CancellationToken cancellationToken)
    {
        account ??= _google.Account;
        if (!account.IsComplete) throw PurchaseErrors.NotConfigured("Google");
        if (purchase.Length == 0) throw PurchaseErrors.PurchaseEmpty;
        return await FinishAsync(userId, [await _google.FetchPurchaseAsync(purchase, account, cancellationToken)], persist, cancellationToken);
    }

    /// <summary>A purchase at Huawei's AppGallery.</summary>
    /// <exception cref="ApiError">The purchase is refused.</exception>
    public async ValueTask<ValidatePurchaseResponse> ValidateHuaweiAsync(
        Guid userId, string purchase, string signature, bool persist, CancellationToken cancellationToken)
    {
        if (!_huawei.IsConfigured) throw PurchaseErrors.NotConfigured("Huawei");
        if (purchase.Length == 0) throw PurchaseErrors.PurchaseEmpty;
        if (signature.Length == 0) throw PurchaseErrors.SignatureEmpty;
        return await FinishAsync(userId, [await _huawei.FetchPurchaseAsync(purchase, signature, cancellationToken)], persist, cancellationToken);
    }

    /// <summary>A purchase in one of Facebook's Instant Games.</summary>
    /// <exception cref="ApiError">The purchase is refused.</exception>
    public ValueTask<ValidatePurchaseResponse> ValidateFacebookInstantAsync(
        Guid userId, string signedRequest, bool persist, CancellationToken cancellationToken)
    {
        if (!_facebookInstant.IsConfigured) throw PurchaseErrors.NotConfigured("Facebook Instant");
        if (signedRequest.Length == 0) throw PurchaseErrors.SignedRequestEmpty;
        return FinishAsync(userId, [_facebookInstant.ReadPurchase(signedRequest)], persist, cancellationToken);
    }

    /// <summary>A purchase at Samsung's Galaxy Store.</summary>
    /// <exception cref="ApiError">The purchase is refused.</exception>
    public async ValueTask<ValidatePurchaseResponse> ValidateSamsungAsync(
        Guid userId, string purchaseId, bool persist, CancellationToken cancellationToken)
    {
        if (purchaseId.Length == 0) throw PurchaseErrors.PurchaseIdEmpty;
        return await FinishAsync(userId, [await _samsung.FetchPurchaseAsync(purchaseId, cancellationToken)], persist, cancellationToken);
    }

    private async ValueTask<ValidatePurchaseResponse> FinishAsync(
        Guid userId, IReadOnlyList<StorePurchase> purchases, bool persist, CancellationToken cancellationToken)
    {
        if (!persist) return new() { ValidatedPurchases = { purchases.Select(purchase => PurchaseStore.Message(userId, purchase)) } };
        if (purchases.Count == 0) throw PurchaseErrors.NoReceipt;
        try
        {
            return new() { ValidatedPurchases = { await _purchases.UpsertAsync(userId, purchases, cancellationToken) } };
        }
        catch (PostgresException e) when (DatabaseRetry.IsStatementFailure(e))
        {
            throw PurchaseErrors.NotStored(e);
        }
    }
}
