using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases.StoreNotifications;

/// <summary>News of a subscription.</summary>
/// <param name="Type">What has happened.</param>
/// <param name="Subscription">The subscription as it is now.</param>
/// <param name="Payload">What the store sent, as JSON.</param>
public sealed record SubscriptionNotification(StoreNotificationType Type, ValidatedSubscription Subscription, string Payload);

/// <summary>Game logic that follows news of subscriptions. Its failure is logged.</summary>
public delegate ValueTask SubscriptionNotificationFunction(SubscriptionNotification notification, CancellationToken cancellationToken);
