using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="ISubscriptions"/>
internal sealed class GameSubscriptions(GameFunctionCaller caller) : GameFunctionGroup(caller), ISubscriptions
{
    public async Task<ValidatedSubscription> ValidateAppleAsync(
        Guid userId, string receipt, bool persist, string? passwordOverride, CancellationToken cancellationToken) =>
        GameResults.Subscription(await CallAsync(
            "subscription_validate_apple",
            [
                Id(userId), Text(receipt), Flag(persist), Text(passwordOverride),
            ],
            cancellationToken));

    public async Task<ValidatedSubscription> ValidateGoogleAsync(
        Guid userId, string receipt, bool persist, string? clientEmail, string? privateKey, CancellationToken cancellationToken) =>
        GameResults.Subscription(await CallAsync(
            "subscription_validate_google",
            [
                Id(userId), Text(receipt), Flag(persist), Text(clientEmail), Text(privateKey),
            ],
            cancellationToken));

    public async Task<ValidatedSubscription> GetByProductIdAsync(Guid userId, string productId, CancellationToken cancellationToken) =>
        Source<ValidatedSubscription>(await CallAsync("subscription_get_by_product_id", [Id(userId), Text(productId)], cancellationToken));

    public async Task<Page<ValidatedSubscription>> ListAsync(
        Guid? userId, int limit, string? cursor, CancellationToken cancellationToken) =>
        Page<ValidatedSubscription>(await CallAsync("subscriptions_list", [Id(userId), Whole(limit), Text(cursor)], cancellationToken));
}
