using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases.StoreNotifications;

/// <summary>A store notification about a subscription.</summary>
/// <param name="Type">The type of event.</param>
/// <param name="Subscription">The current state of the subscription.</param>
/// <param name="Payload">The store's notification, as JSON.</param>
public sealed record SubscriptionNotification(StoreNotificationType Type, ValidatedSubscription Subscription, string Payload);

/// <summary>A game logic function that handles subscription notifications. Its failure is logged.</summary>
public delegate ValueTask SubscriptionNotificationFunction(SubscriptionNotification notification, CancellationToken cancellationToken);
