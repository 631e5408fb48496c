using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Security;
using Npgsql;

namespace Nakama.Server.Notifications;

/// <summary>Listing and deleting the caller's notifications.</summary>
internal sealed class NotificationsApi(NotificationStore store, ILogger<NotificationsApi> logger) : IApiFeature
{
    private const int MaxLimit = 100;

    public void Map(ApiMap api)
    {
        api.Map<ListNotificationsRequest, NotificationList>("ListNotifications", ListAsync);
        api.Map<DeleteNotificationsRequest, Empty>("DeleteNotifications", DeleteAsync);
    }

    private async ValueTask<NotificationList> ListAsync(
        ApiCall call, ListNotificationsRequest request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? 1;
        if (limit is < 1 or > MaxLimit) throw NotificationErrors.InvalidLimit;
        var after = request.CacheableCursor.Length == 0
            ? NotificationCursor.Start
            : NotificationCursor.Parse(request.CacheableCursor) ?? throw NotificationErrors.Cursor;

        List<StoredNotification> found;
        try
        {
            found = await store.ListAsync(call.UserId, after, limit, cancellationToken);
        }
        catch (NpgsqlException e) when (!DatabaseErrors.IsUnavailable(e))
        {
            NotificationLog.ListFailed(logger, e);
            throw NotificationErrors.ListFailed;
        }

        var list = new NotificationList { CacheableCursor = CursorAfter(found, request.CacheableCursor) };
        foreach (var notification in found) list.Notifications.Add(ToMessage(notification));
        return list;
    }

    private async ValueTask<Empty> DeleteAsync(
        ApiCall call, DeleteNotificationsRequest request, CancellationToken cancellationToken)
    {
        var ids = new Guid[request.Ids.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            if (!UuidText.TryParse(request.Ids[i], out ids[i])) throw NotificationErrors.DeleteFailed;
        }
        if (ids.Length == 0) return new Empty();

        try
        {
            await store.DeleteAsync(ids, call.UserId, cancellationToken);
        }
        catch (NpgsqlException e) when (!DatabaseErrors.IsUnavailable(e))
        {
            NotificationLog.DeleteFailed(logger, e);
            throw NotificationErrors.DeleteFailed;
        }
        return new Empty();
    }

    /// <summary>The cursor after the page; without rows it stays unchanged.</summary>
    private static string CursorAfter(List<StoredNotification> found, string incoming)
    {
        if (found.Count > 0) return new NotificationCursor(found[^1].CreateTime, found[^1].Id).ToString();
        return incoming.Length > 0 ? incoming : NotificationCursor.Start.ToString();
    }

    internal static Notification ToMessage(StoredNotification notification) => new()
    {
        Id = notification.Id.ToString(),
        Subject = notification.Subject,
        Content = notification.Content,
        Code = notification.Code,
        SenderId = notification.SenderId == Guid.Empty ? "" : notification.SenderId.ToString(),
        CreateTime = new Timestamp { Seconds = new DateTimeOffset(notification.CreateTime).ToUnixTimeSeconds() },
        Persistent = true,
    };
}
