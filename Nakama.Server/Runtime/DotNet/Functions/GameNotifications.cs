using Nakama.GameLogic.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="INotifications"/>
internal sealed class GameNotifications(GameFunctionCaller caller) : GameFunctionGroup(caller), INotifications
{
    public Task SendAsync(
        Guid userId, string subject, string content, int code, Guid? senderId, bool persistent, CancellationToken cancellationToken) =>
        CallAsync("notification_send", [Id(userId), Text(subject), Json(content), Whole(code), Id(senderId), Flag(persistent)], cancellationToken);

    public Task SendManyAsync(IReadOnlyCollection<NotificationToSend> notifications, CancellationToken cancellationToken) =>
        CallAsync("notifications_send", [Rows(notifications)], cancellationToken);

    public Task SendToAllAsync(string subject, string content, int code, bool persistent, CancellationToken cancellationToken) =>
        CallAsync("notification_send_all", [Text(subject), Json(content), Whole(code), Flag(persistent)], cancellationToken);

    public async Task<Page<StoredNotification>> ListAsync(Guid userId, int limit, string? cursor, CancellationToken cancellationToken) =>
        GameResults.Notifications(await CallAsync("notifications_list", [Id(userId), Whole(limit), Text(cursor)], cancellationToken));

    public async Task<IReadOnlyList<StoredNotification>> GetAsync(
        Guid? userId, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        GameResults.NotificationList(await CallAsync("notifications_get_id", [Ids(ids), Id(userId)], cancellationToken));

    public Task UpdateAsync(IReadOnlyCollection<NotificationChange> changes, CancellationToken cancellationToken) =>
        CallAsync("notifications_update", [Rows(changes)], cancellationToken);

    public Task DeleteManyAsync(IReadOnlyCollection<NotificationKey> notifications, CancellationToken cancellationToken) =>
        CallAsync("notifications_delete", [Rows(notifications)], cancellationToken);

    public Task DeleteAsync(Guid? userId, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        CallAsync("notifications_delete_id", [Ids(ids), Id(userId)], cancellationToken);
}
