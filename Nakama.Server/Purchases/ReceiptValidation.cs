using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Purchases.Stores;
using Npgsql;

namespace Nakama.Server.Purchases;

/// <summary>
/// Validates receipts with their stores and stores the results: this part handles purchases, the other one subscriptions.
/// Without <c>persist</c> nothing is stored.
/// </summary>
public sealed partial class ReceiptValidation
{
    /// <summary>The maximum length of the id columns.</summary>
    private const int MaxIdLength = 512;

    private readonly PurchaseStore _purchases;
    private readonly SubscriptionStore _subscriptions;
    private readonly IapOptions _options;
    private readonly AppleTransactions _appleTransactions;
    private readonly AppleReceipts _appleReceipts;
    private readonly GoogleStore _google;
    private readonly HuaweiStore _huawei;
    private readonly FacebookInstantStore _facebookInstant;
    private readonly SamsungStore _samsung;

    internal ReceiptValidation(
        PurchaseStore purchases, SubscriptionStore subscriptions, IapOptions options, AppleTransactions appleTransactions,
        AppleReceipts appleReceipts, GoogleStore google, HuaweiStore huawei, FacebookInstantStore facebookInstant, SamsungStore samsung)
    {
        _purchases = purchases;
        _subscriptions = subscriptions;
        _options = options;
        _appleTransactions = appleTransactions;
        _appleReceipts = appleReceipts;
        _google = google;
        _huawei = huawei;
        _facebookInstant = facebookInstant;
        _samsung = samsung;
    }

    /// <summary>Validates either kind of Apple receipt.</summary>
    /// <param name="userId">The buyer.</param>
    /// <param name="receipt">A signed transaction, or an older receipt.</param>
    /// <param name="persist">Whether to store it.</param>
    /// <param name="password">The app's shared secret; null for the configured one. Signed transactions need none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiException">The receipt is rejected.</exception>
    public async ValueTask<ValidatePurchaseResponse> ValidateApplePurchaseAsync(
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
            catch (ApiException e) when (e.Status == StatusCode.Unknown)
            {
                throw PurchaseErrors.AppleStorageFailed;
            }
        }

        password = RequirePassword(password);
        return await FinishAsync(userId, await _appleReceipts.FetchPurchasesAsync(receipt, password, cancellationToken), persist, cancellationToken);
    }

    /// <summary>Validates a Google Play purchase.</summary>
    /// <param name="userId">The buyer.</param>
    /// <param name="purchase">The receipt as JSON.</param>
    /// <param name="persist">Whether to store it.</param>
    /// <param name="account">The service account for the request to Google; null for the configured one.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiException">The receipt is rejected.</exception>
    public async ValueTask<ValidatePurchaseResponse> ValidateGooglePurchaseAsync(
        Guid userId, string purchase, bool persist, GoogleServiceAccount? account, CancellationToken cancellationToken)
    {
        account = RequireAccount(account);
        if (purchase.Length == 0) throw PurchaseErrors.PurchaseEmpty;
        return await FinishAsync(userId, [await _google.FetchPurchaseAsync(purchase, account, cancellationToken)], persist, cancellationToken);
    }

    /// <summary>Validates a Huawei AppGallery purchase.</summary>
    /// <exception cref="ApiException">The purchase is rejected.</exception>
    public async ValueTask<ValidatePurchaseResponse> ValidateHuaweiPurchaseAsync(
        Guid userId, string purchase, string signature, bool persist, CancellationToken cancellationToken)
    {
        if (!_huawei.IsConfigured) throw PurchaseErrors.NotConfigured("Huawei");
        if (purchase.Length == 0) throw PurchaseErrors.PurchaseEmpty;
        if (signature.Length == 0) throw PurchaseErrors.SignatureEmpty;
        return await FinishAsync(userId, [await _huawei.FetchPurchaseAsync(purchase, signature, cancellationToken)], persist, cancellationToken);
    }

    /// <summary>Validates a Facebook Instant Games purchase.</summary>
    /// <exception cref="ApiException">The purchase is rejected.</exception>
    public ValueTask<ValidatePurchaseResponse> ValidateFacebookInstantPurchaseAsync(
        Guid userId, string signedRequest, bool persist, CancellationToken cancellationToken)
    {
        if (!_facebookInstant.IsConfigured) throw PurchaseErrors.NotConfigured("Facebook Instant");
        if (signedRequest.Length == 0) throw PurchaseErrors.SignedRequestEmpty;
        return FinishAsync(userId, [_facebookInstant.ReadPurchase(signedRequest)], persist, cancellationToken);
    }

    /// <summary>Validates a Samsung Galaxy Store purchase.</summary>
    /// <exception cref="ApiException">The purchase is rejected.</exception>
    public async ValueTask<ValidatePurchaseResponse> ValidateSamsungPurchaseAsync(
        Guid userId, string purchaseId, bool persist, CancellationToken cancellationToken)
    {
        if (purchaseId.Length == 0) throw PurchaseErrors.PurchaseIdEmpty;
        return await FinishAsync(userId, [await _samsung.FetchPurchaseAsync(purchaseId, cancellationToken)], persist, cancellationToken);
    }

    private async ValueTask<ValidatePurchaseResponse> FinishAsync(
        Guid userId, IReadOnlyList<StorePurchase> purchases, bool persist, CancellationToken cancellationToken)
    {
        foreach (var purchase in purchases) CheckIds(purchase.TransactionId, purchase.ProductId);
        if (!persist) return new() { ValidatedPurchases = { purchases.Select(purchase => PurchaseStore.Message(userId, purchase)) } };
        if (purchases.Count == 0) throw PurchaseErrors.NoReceipt;
        return new() { ValidatedPurchases = { await KeptAsync(_purchases.UpsertAsync(userId, purchases, cancellationToken)) } };
    }

    private static void CheckIds(string id, string productId)
    {
        if (id.Length is 0 or > MaxIdLength || productId.Length > MaxIdLength) throw PurchaseErrors.Malformed;
    }

    private static async ValueTask<T> KeptAsync<T>(ValueTask<T> upsert)
    {
        try
        {
            return await upsert;
        }
        catch (PostgresException e) when (DatabaseRetry.IsStatementFailure(e))
        {
            throw PurchaseErrors.NotStored(e);
        }
    }

    /// <summary>Apple's shared secret, from the caller or the configuration.</summary>
    private string RequirePassword(string? given) =>
        (given ?? _options.Apple.SharedPassword) is { Length: > 0 } password ? password : throw PurchaseErrors.NotConfigured("Apple");

    /// <summary>The Google account, from the caller or the configuration.</summary>
    private GoogleServiceAccount RequireAccount(GoogleServiceAccount? given) =>
        (given ?? _google.Account) is { IsComplete: true } account ? account : throw PurchaseErrors.NotConfigured("Google");
}
