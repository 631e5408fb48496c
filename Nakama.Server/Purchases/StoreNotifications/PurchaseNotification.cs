using Nakama.Protocol.Api;

namespace Nakama.Server.Purchases.StoreNotifications;

/// <summary>News of a purchase.</summary>
/// <param name="Type">What has happened.</param>
/// <param name="Purchase">The purchase as it is now.</param>
/// <param name="Payload">What the store sent, as JSON.</param>
public sealed record PurchaseNotification(StoreNotificationType Type, ValidatedPurchase Purchase, string Payload);

/// <summary>Game logic that follows news of purchases. Its failure is logged.</summary>
public delegate ValueTask PurchaseNotificationFunction(PurchaseNotification notification, CancellationToken cancellationToken);
