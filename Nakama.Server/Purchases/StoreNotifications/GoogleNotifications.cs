using System.Text.Json;
using System.Text.Json.Nodes;
using Nakama.Protocol.Api;
using Nakama.Server.Purchases.Stores;
using Npgsql;
using UuidText = Nakama.Server.Security.UuidText;

namespace Nakama.Server.Purchases.StoreNotifications;

/// <summary>Processes Google Play's real-time developer notifications. An exception makes Google resend one.</summary>
internal sealed class GoogleNotifications(
    GoogleStore google, PurchaseStore purchases, SubscriptionStore subscriptions, StoreNotificationRegistry registry,
    TimeProvider time, ILogger<GoogleNotifications> log)
{
    public const string Path = "/v2/console/google/notifications/";
    public const string OldPath = "/v2/console/google/subscriptions/";

    private const int VoidedSubscription = 1;
    private const int VoidedPurchase = 2;

    public async ValueTask HandleAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var envelope = StoreJson.Parse(body) ?? throw PurchaseErrors.Raw("notification is no JSON");
        var notice = StoreJson.Parse(Data(envelope.Object("message")?.Text("data") ?? "")) ?? throw PurchaseErrors.Raw("notification holds no JSON");
        try
        {
            if (notice.Object("subscriptionNotification") is { } subscription) await SubscriptionAsync(notice, subscription, cancellationToken);
            else if (notice.Object("voidedPurchaseNotification") is { } voided) await VoidedAsync(notice, voided, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            StoreNotificationLog.NoUser(log);
        }
    }

    private async ValueTask SubscriptionAsync(JsonElement notice, JsonElement news, CancellationToken cancellationToken)
    {
        if (TypeOf(news.Number("notificationType")) is not { } type) return;
        var token = news.Text("purchaseToken");
        var answer = await AskAsync(notice, token, cancellationToken);
        var subscription = GoogleStore.Subscription(answer, token, news.Text("subscriptionId"), purchaseTime: null) with { RawNotification = notice.GetRawText() };
        if (await OwnerAsync(answer.Json, subscription.OriginalTransactionId, cancellationToken) is not { } userId)
        {
            StoreNotificationLog.NoUser(log);
            return;
        }

        var stored = (await subscriptions.UpsertAsync(userId, [subscription], cancellationToken))[0];
        if (registry.GoogleSubscription is not { } follow) return;
        await FollowUpAsync(() => follow(new(type, stored, Payload(notice, answer.Json)), cancellationToken));
    }

    private static StoreNotificationType? TypeOf(long? number) => number switch
    {
        4 => StoreNotificationType.Subscribed,
        2 => StoreNotificationType.Renewed,
        13 => StoreNotificationType.Expired,
        3 => StoreNotificationType.Cancelled,
        _ => null,
    };

    private async ValueTask VoidedAsync(JsonElement notice, JsonElement voided, CancellationToken cancellationToken)
    {
        var (token, now) = (voided.Text("purchaseToken"), time.GetUtcNow().UtcDateTime);
        switch (voided.Number("productType"))
        {
            case VoidedPurchase when await purchases.RefundAsync(token, now, cancellationToken) is { } purchase:
                // Unlike with the other callbacks, a failure here makes Google resend the notification.
                if (registry.GooglePurchase is { } followPurchase)
                    await followPurchase(new(StoreNotificationType.Refunded, purchase, notice.GetRawText()), cancellationToken);
                break;
            case VoidedSubscription when await RefundSubscriptionAsync(notice, token, now, cancellationToken) is { } subscription:
                if (registry.GoogleSubscription is { } follow)
                    await FollowUpAsync(() => follow(new(StoreNotificationType.Refunded, subscription, notice.GetRawText()), cancellationToken));
                break;
        }
    }

    /// <summary>A subscription that has replaced another is stored under the token of the replaced one.</summary>
    private async ValueTask<ValidatedSubscription?> RefundSubscriptionAsync(
        JsonElement notice, string token, DateTime refundTime, CancellationToken cancellationToken)
    {
        var json = notice.GetRawText();
        if (await subscriptions.RefundAsync(token, refundTime, json, cancellationToken) is { } found) return found;
        var linked = (await AskAsync(notice, token, cancellationToken)).Json.Text("linkedPurchaseToken");
        return linked.Length > 0 ? await subscriptions.RefundAsync(linked, refundTime, json, cancellationToken) : null;
    }

    private ValueTask<StoreAnswer> AskAsync(JsonElement notice, string token, CancellationToken cancellationToken)
    {
        var package = notice.Text("packageName");
        if (!google.Account.IsComplete) throw PurchaseErrors.NotConfigured("Google");
        if (!GoogleReceipt.IsName(package) || !GoogleReceipt.IsName(token)) throw PurchaseErrors.Malformed;
        return google.GetSubscriptionAsync(package, token, google.Account, cancellationToken);
    }

    /// <summary>The user that the app named at the sale, else the stored owner; null when there is neither.</summary>
    private async ValueTask<Guid?> OwnerAsync(JsonElement answer, string originalTransactionId, CancellationToken cancellationToken)
    {
        var account = answer.Object("externalAccountIdentifiers");
        var named = account?.Text("obfuscatedExternalAccountId") is { Length: > 0 } id ? id : account?.Text("obfuscatedExternalProfileId") ?? "";
        if (named.Length > 0) return UuidText.TryParse(named, out var userId) && userId != Guid.Empty ? userId : null;
        var known = await subscriptions.FindAsync(originalTransactionId, cancellationToken);
        return Guid.TryParse(known?.UserId, out var owner) ? owner : null;
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

    /// <summary>The notification together with Google's description of the subscription.</summary>
    private static string Payload(JsonElement notice, JsonElement answer)
    {
        var json = JsonNode.Parse(notice.GetRawText())!.AsObject();
        json["subscriptionPurchase"] = JsonNode.Parse(answer.GetRawText());
        return json.ToJsonString(StoreJson.Writing);
    }

    private static byte[] Data(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw PurchaseErrors.Raw("notification is not in base64");
        }
    }
}
