using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Purchases, which their stores confirm.</summary>
public interface IPurchases
{
    /// <summary>Validates a receipt of the App Store.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="receipt">The receipt of the store.</param>
    /// <param name="persist">Whether the result is stored.</param>
    /// <param name="passwordOverride">The shared password; null for the configured one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The purchases of the receipt.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("purchase_validate_apple")]
    Task<IReadOnlyList<ValidatedPurchase>> ValidateAppleAsync(
        Guid userId, string receipt, bool persist = true, string? passwordOverride = null, CancellationToken cancellationToken = default);

    /// <summary>Validates a receipt of Google Play.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="receipt">The receipt of the store.</param>
    /// <param name="persist">Whether the result is stored.</param>
    /// <param name="clientEmail">The service account; null for the configured one.</param>
    /// <param name="privateKey">The key of the service account; null for the configured one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The purchases of the receipt.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("purchase_validate_google")]
    Task<IReadOnlyList<ValidatedPurchase>> ValidateGoogleAsync(
        Guid userId, string receipt, bool persist = true, string? clientEmail = null, string? privateKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Validates a purchase of the AppGallery.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="signature">The signature of the purchase.</param>
    /// <param name="inAppPurchaseData">The purchase as JSON.</param>
    /// <param name="persist">Whether the result is stored.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The purchases.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("purchase_validate_huawei")]
    Task<IReadOnlyList<ValidatedPurchase>> ValidateHuaweiAsync(
        Guid userId, string signature, string inAppPurchaseData, bool persist = true, CancellationToken cancellationToken = default);

    /// <summary>Validates a purchase in an Instant Game.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="signedRequest">The signed request.</param>
    /// <param name="persist">Whether the result is stored.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The purchases.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("purchase_validate_facebook_instant")]
    Task<IReadOnlyList<ValidatedPurchase>> ValidateFacebookInstantAsync(
        Guid userId, string signedRequest, bool persist = true, CancellationToken cancellationToken = default);

    /// <summary>Validates a purchase of the Galaxy Store.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="purchaseId">The purchase.</param>
    /// <param name="persist">Whether the result is stored.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The purchases.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("purchase_validate_samsung")]
    Task<IReadOnlyList<ValidatedPurchase>> ValidateSamsungAsync(
        Guid userId, string purchaseId, bool persist = true, CancellationToken cancellationToken = default);

    /// <summary>A stored purchase.</summary>
    /// <param name="transactionId">The transaction.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The purchase.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("purchase_get_by_transaction_id")]
    Task<ValidatedPurchase> GetByTransactionIdAsync(string transactionId, CancellationToken cancellationToken = default);

    /// <summary>A page of stored purchases, newest first.</summary>
    /// <param name="userId">The buyer; null for all.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("purchases_list")]
    Task<Page<ValidatedPurchase>> ListAsync(
        Guid? userId = null, int limit = 100, string? cursor = null, CancellationToken cancellationToken = default);
}
