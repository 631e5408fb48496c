using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases.StoreNotifications;

/// <summary>A store notification about a purchase.</summary>
/// <param name="Type">The type of event.</param>
/// <param name="Purchase">The current state of the purchase.</param>
/// <param name="Payload">The store's notification, as JSON.</param>
public sealed record PurchaseNotification(StoreNotificationType Type, ValidatedPurchase Purchase, string Payload);

/// <summary>A game logic function that handles purchase notifications. Its failure is logged.</summary>
public delegate ValueTask PurchaseNotificationFunction(PurchaseNotification notification, CancellationToken cancellationToken);
