using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IPurchases"/>
internal sealed class GamePurchases(GameFunctionCaller caller) : GameFunctionGroup(caller), IPurchases
{
    public async Task<IReadOnlyList<ValidatedPurchase>> ValidateAppleAsync(
        Guid userId, string receipt, bool persist, string? passwordOverride, CancellationToken cancellationToken) =>
        GameResults.Purchases(await CallAsync(
            "purchase_validate_apple",
            [
                Id(userId), Text(receipt), Flag(persist), Text(passwordOverride),
            ],
            cancellationToken));

    public async Task<IReadOnlyList<ValidatedPurchase>> ValidateGoogleAsync(
        Guid userId, string receipt, bool persist, string? clientEmail, string? privateKey, CancellationToken cancellationToken) =>
        GameResults.Purchases(await CallAsync(
            "purchase_validate_google",
            [
                Id(userId), Text(receipt), Flag(persist), Text(clientEmail), Text(privateKey),
            ],
            cancellationToken));

    public async Task<IReadOnlyList<ValidatedPurchase>> ValidateHuaweiAsync(
        Guid userId, string signature, string inAppPurchaseData, bool persist, CancellationToken cancellationToken) =>
        GameResults.Purchases(await CallAsync(
            "purchase_validate_huawei",
            [
                Id(userId), Text(inAppPurchaseData), Text(signature), Flag(persist),
            ],
            cancellationToken));

    public async Task<IReadOnlyList<ValidatedPurchase>> ValidateFacebookInstantAsync(
        Guid userId, string signedRequest, bool persist, CancellationToken cancellationToken) =>
        GameResults.Purchases(await CallAsync(
            "purchase_validate_facebook_instant",
            [
                Id(userId), Text(signedRequest), Flag(persist),
            ],
            cancellationToken));

    public async Task<IReadOnlyList<ValidatedPurchase>> ValidateSamsungAsync(
        Guid userId, string purchaseId, bool persist, CancellationToken cancellationToken) =>
        GameResults.Purchases(await CallAsync("purchase_validate_samsung", [Id(userId), Text(purchaseId), Flag(persist)], cancellationToken));

    public async Task<ValidatedPurchase> GetByTransactionIdAsync(string transactionId, CancellationToken cancellationToken) =>
        Source<ValidatedPurchase>(await CallAsync("purchase_get_by_transaction_id", [Text(transactionId)], cancellationToken));

    public async Task<Page<ValidatedPurchase>> ListAsync(Guid? userId, int limit, string? cursor, CancellationToken cancellationToken) =>
        Page<ValidatedPurchase>(await CallAsync("purchases_list", [Id(userId), Whole(limit), Text(cursor)], cancellationToken));
}
