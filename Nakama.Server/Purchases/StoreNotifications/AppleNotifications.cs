using System.Text.Json;
using System.Text.Json.Nodes;
using Nakama.Protocol.Api;
using Nakama.Server.Purchases.Stores;
using Npgsql;
using UuidText = Nakama.Server.Security.UuidText;

namespace Nakama.Server.Purchases.StoreNotifications;

/// <summary>Processes the App Store's server notifications, version 2. An exception makes Apple resend the notification.</summary>
internal sealed class AppleNotifications(
    AppleSignedData signed, AppleTransactions transactions, PurchaseStore purchases, SubscriptionStore subscriptions,
    StoreNotificationRegistry registry, TimeProvider time, ILogger<AppleNotifications> log)
{
    public const string Path = "/v2/console/apple/notifications/";
    public const string OldPath = "/v2/console/apple/subscriptions/";

    private const string AutoRenewable = "Auto-Renewable Subscription";

    public async ValueTask HandleAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var envelope = StoreJson.Parse(body) ?? throw PurchaseErrors.Raw("notification is no JSON");
        var notice = AppleNotice.Read(signed.Open(envelope.Text("signedPayload")));
        transactions.CheckBundle(notice.BundleId);
        try
        {
            await FollowAsync(notice, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            StoreNotificationLog.NoUser(log);
        }
    }

    private ValueTask FollowAsync(AppleNotice notice, CancellationToken cancellationToken) => notice.Type switch
    {
        "SUBSCRIBED" or "OFFER_REDEEMED" or "DID_CHANGE_RENEWAL_PREF" => BoughtAsync(notice, StoreNotificationType.Subscribed, cancellationToken),
        "DID_RENEW" => BoughtAsync(notice, StoreNotificationType.Renewed, cancellationToken),
        "EXPIRED" or "GRACE_PERIOD_EXPIRED" or "REVOKE" or "REVOKED" => EndingAsync(notice, StoreNotificationType.Expired, cancellationToken),
        "DID_CHANGE_RENEWAL_STATUS" => EndingAsync(
            notice, notice.Subtype == "AUTO_RENEW_DISABLED" ? StoreNotificationType.Cancelled : null, cancellationToken),
        "REFUND" => RefundedAsync(notice, cancellationToken),
        _ => ValueTask.CompletedTask,
    };

    private async ValueTask BoughtAsync(AppleNotice notice, StoreNotificationType type, CancellationToken cancellationToken)
    {
        var transaction = notice.Transaction ?? throw PurchaseErrors.Raw("notification has no transaction");
        var subscription = AppleTransactions.Subscription(transaction) with { RawNotification = notice.Json };
        if (notice.Subtype is "UPGRADE" or "DOWNGRADE" && notice.Renewal?.Text("autoRenewProductId") is { Length: > 0 } product)
            subscription = subscription with { ProductId = product };
        var userId = await OwnerAsync(transaction, subscription.OriginalTransactionId, cancellationToken)
            ?? throw PurchaseErrors.Raw("notification is for no user yet");
        await TellAsync(type, await StoreAsync(userId, subscription, cancellationToken), notice, cancellationToken);
    }

    private async ValueTask EndingAsync(AppleNotice notice, StoreNotificationType? type, CancellationToken cancellationToken)
    {
        var renewal = notice.Renewal ?? throw PurchaseErrors.Raw("notification has no renewal");
        var transaction = notice.Transaction is { } given ? AppleTransactions.Subscription(given) : null;
        var id = renewal.Text("originalTransactionId");
        DateTime?[] ends = [renewal.Milliseconds("renewalDate"), renewal.Milliseconds("gracePeriodExpiresDate")];
        var subscription = new StoreSubscription(StoreProvider.AppleAppStore, id, renewal.Text("productId"))
        {
            PurchaseTime = transaction?.PurchaseTime ?? renewal.Milliseconds("recentSubscriptionStartDate") ?? time.GetUtcNow().UtcDateTime,
            ExpiryTime = ends.Max() ?? transaction?.ExpiryTime ?? time.GetUtcNow().UtcDateTime,
            RefundTime = transaction?.RefundTime,
            Environment = AppleTransactions.Environment(renewal),
            RawNotification = notice.Json,
        };
        if (await OwnerAsync(notice.Transaction ?? renewal, id, cancellationToken) is not { } userId)
        {
            StoreNotificationLog.NoUser(log);
            return;
        }

        var stored = await StoreAsync(userId, subscription, cancellationToken);
        if (type is { } news) await TellAsync(news, stored, notice, cancellationToken);
    }

    private async ValueTask RefundedAsync(AppleNotice notice, CancellationToken cancellationToken)
    {
        var transaction = notice.Transaction ?? throw PurchaseErrors.Raw("notification has no transaction");
        var refundTime = transaction.Milliseconds("revocationDate") ?? time.GetUtcNow().UtcDateTime;
        if (transaction.Text("type") == AutoRenewable || transaction.Milliseconds("expiresDate") is not null)
        {
            var subscription = AppleTransactions.Subscription(transaction) with { RefundTime = refundTime, RawNotification = notice.Json };
            if (await OwnerAsync(transaction, subscription.OriginalTransactionId, cancellationToken) is { } subscriber)
                await TellAsync(StoreNotificationType.Refunded, await StoreAsync(subscriber, subscription, cancellationToken), notice, cancellationToken);
            else
                StoreNotificationLog.NoUser(log);
            return;
        }

        var purchase = AppleTransactions.Purchase(transaction, notice.TransactionText) with { RefundTime = refundTime };
        var known = await purchases.FindAsync(purchase.TransactionId, cancellationToken);
        if (Token(transaction) is not { } owner && !Guid.TryParse(known?.UserId, out owner))
        {
            StoreNotificationLog.NoUser(log);
            return;
        }

        var stored = (await purchases.UpsertAsync(owner, [purchase], cancellationToken))[0];
        if (registry.ApplePurchase is { } follow)
            await FollowUpAsync(() => follow(new(StoreNotificationType.Refunded, known is null ? stored : Refunded(known, stored), notice.Json), cancellationToken));
    }

    /// <summary>The known purchase with the new refund; the first owner is kept.</summary>
    private static ValidatedPurchase Refunded(ValidatedPurchase known, ValidatedPurchase stored)
    {
        known.RefundTime = stored.RefundTime;
        known.UpdateTime = stored.UpdateTime;
        known.SeenBefore = true;
        return known;
    }

    private async ValueTask<ValidatedSubscription> StoreAsync(Guid userId, StoreSubscription subscription, CancellationToken cancellationToken) =>
        (await subscriptions.UpsertAsync(userId, [subscription], cancellationToken))[0];

    /// <summary>The user that the app named at the sale, else the stored owner; null when there is neither.</summary>
    private async ValueTask<Guid?> OwnerAsync(JsonElement holder, string originalTransactionId, CancellationToken cancellationToken)
    {
        if (Token(holder) is { } token) return token;
        var known = await subscriptions.FindAsync(originalTransactionId, cancellationToken);
        return Guid.TryParse(known?.UserId, out var userId) ? userId : null;
    }

    private static Guid? Token(JsonElement holder) =>
        UuidText.TryParse(holder.Text("appAccountToken"), out var userId) && userId != Guid.Empty ? userId : null;

    private async ValueTask TellAsync(
        StoreNotificationType type, ValidatedSubscription subscription, AppleNotice notice, CancellationToken cancellationToken)
    {
        if (registry.AppleSubscription is { } follow)
            await FollowUpAsync(() => follow(new(type, subscription, notice.Json), cancellationToken));
    }

    private async ValueTask FollowUpAsync(Func<ValueTask> follow)
    {
        try
        {
            await follow();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            StoreNotificationLog.FunctionFailed(log, e);
        }
    }

    /// <summary>A notification with the contents of its signed parts.</summary>
    private sealed record AppleNotice(
        string Type, string Subtype, string BundleId, JsonElement? Transaction, string TransactionText, JsonElement? Renewal, string Json)
    {
        public static AppleNotice Read(JsonElement payload)
        {
            var data = payload.Object("data");
            var transactionText = data?.Text("signedTransactionInfo") ?? "";
            var renewalText = data?.Text("signedRenewalInfo") ?? "";
            JsonElement? transaction = transactionText.Length > 0 ? AppleSignedData.Peek(transactionText) : null;
            JsonElement? renewal = renewalText.Length > 0 ? AppleSignedData.Peek(renewalText) : null;
            return new(
                payload.Text("notificationType"), payload.Text("subtype"), data?.Text("bundleId") ?? "",
                transaction, transactionText, renewal, Decoded(payload, transaction, renewal));
        }

        private static string Decoded(JsonElement payload, JsonElement? transaction, JsonElement? renewal)
        {
            var json = JsonNode.Parse(payload.GetRawText())!.AsObject();
            if (json["data"] is JsonObject data)
            {
                if (transaction is { } bought) data["transactionInfo"] = JsonNode.Parse(bought.GetRawText());
                if (renewal is { } renewed) data["renewalInfo"] = JsonNode.Parse(renewed.GetRawText());
            }

            return json.ToJsonString(StoreJson.Writing);
        }
    }
}
