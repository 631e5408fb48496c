using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Subscriptions, which their stores confirm.</summary>
public interface ISubscriptions
{
    /// <summary>Validates a receipt of the App Store.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="receipt">The receipt of the store.</param>
    /// <param name="persist">Whether the result is stored.</param>
    /// <param name="passwordOverride">The shared password; null for the configured one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The subscription.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("subscription_validate_apple")]
    Task<ValidatedSubscription> ValidateAppleAsync(
        Guid userId, string receipt, bool persist = true, string? passwordOverride = null, CancellationToken cancellationToken = default);

    /// <summary>Validates a receipt of Google Play.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="receipt">The receipt of the store.</param>
    /// <param name="persist">Whether the result is stored.</param>
    /// <param name="clientEmail">The service account; null for the configured one.</param>
    /// <param name="privateKey">The key of the service account; null for the configured one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The subscription.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("subscription_validate_google")]
    Task<ValidatedSubscription> ValidateGoogleAsync(
        Guid userId, string receipt, bool persist = true, string? clientEmail = null, string? privateKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>The subscription of a user to a product.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="productId">The product.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The subscription.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("subscription_get_by_product_id")]
    Task<ValidatedSubscription> GetByProductIdAsync(Guid userId, string productId, CancellationToken cancellationToken = default);

    /// <summary>A page of stored subscriptions, newest first.</summary>
    /// <param name="userId">The buyer; null for all.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("subscriptions_list")]
    Task<Page<ValidatedSubscription>> ListAsync(
        Guid? userId = null, int limit = 100, string? cursor = null, CancellationToken cancellationToken = default);
}
