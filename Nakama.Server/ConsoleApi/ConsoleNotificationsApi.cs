using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Protocol.Json;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Notifications;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' view of notifications, and sending them.</summary>
internal sealed class ConsoleNotificationsApi(
    OperatorNotificationList list, NotificationStore store, NotificationSender sender, NotificationBroadcast broadcast) : IConsoleFeature
{
    private const int MaxReceivers = 10_000;
    private const string Kind = "notifications";

    public void Map(ApiMap api)
    {
        api.Map<ListNotificationsRequest, NotificationList>("ListNotifications", ListAsync);
        api.Map<GetNotificationRequest, Notification>("GetNotification", GetAsync);
        api.Map<DeleteNotificationRequest, Empty>("DeleteNotification", DeleteAsync);
        api.Map<SendNotificationRequest, Empty>("SendNotification", SendAsync);
    }

    private async ValueTask<NotificationList> ListAsync(ApiCall call, ListNotificationsRequest request, CancellationToken cancellationToken)
    {
        var (userId, from, isNext) = request.Cursor.Length > 0 ? ReadCursor(request.Cursor) : (UserOf(request.UserId), default(NotificationPosition?), true);
        var limit = (int)Math.Min(request.Limit, OperatorNotificationList.MaxPageSize);
        var start = from ?? NotificationPosition.Before(userId ?? Guid.Empty);
        var rows = await list.ListAsync(userId, start, isNext, limit + 1, cancellationToken);
        var page = TwoWayPage.Cut(rows, limit, isNext, from is not null);
        var message = new NotificationList { Notifications = { page.Items.Select(Message) } };
        // A page of no notifications leads to the same place again.
        if (page.HasNext) message.NextCursor = Cursor(userId, page.Items.Count == 0 ? start : PositionOf(page.Items[^1]), isNext: true);
        if (page.HasPrevious && page.Items.Count > 0) message.PrevCursor = Cursor(userId, PositionOf(page.Items[0]), isNext: false);
        return message;
    }

    private static Guid? UserOf(string text) =>
        text.Length == 0 ? null : UuidText.TryParse(text, out var id) ? id : throw ConsoleNotificationErrors.BadUserFilter(text);

    private static NotificationPosition PositionOf(StoredNotification row) => new(row.UserId, row.CreateTime, row.Id);

    private static string Cursor(Guid? userId, NotificationPosition place, bool isNext) => ConsoleCursor.Write(
        Kind, userId?.ToString() ?? "", place.UserId.ToString(), place.CreateTime.Ticks.ToString(CultureInfo.InvariantCulture), place.Id.ToString(), isNext ? "next" : "previous");

    private static (Guid? UserId, NotificationPosition? From, bool IsNext) ReadCursor(string text)
    {
        if (ConsoleCursor.Read(text, Kind, 5) is not [var filter, var user, var ticks, var notification, var direction]
            || !UuidText.TryParse(user, out var userId) || !UuidText.TryParse(notification, out var id)
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time) || time > DateTime.MaxValue.Ticks)
        {
            throw ConsoleNotificationErrors.Cursor;
        }

        return (UserOf(filter), new NotificationPosition(userId, new DateTime(time, DateTimeKind.Utc), id), direction == "next");
    }

    private async ValueTask<Notification> GetAsync(ApiCall call, GetNotificationRequest request, CancellationToken cancellationToken)
    {
        if (!UuidText.TryParse(request.Id, out var id)) throw ConsoleNotificationErrors.GetFailed;
        return await store.GetAsync([id], userId: null, cancellationToken) is [var found] ? Message(found) : throw ConsoleNotificationErrors.NotFound;
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteNotificationRequest request, CancellationToken cancellationToken)
    {
        if (!UuidText.TryParse(request.Id, out var id)) throw ConsoleNotificationErrors.DeleteFailed;
        await store.DeleteAsync([id], userId: null, cancellationToken);
        return new Empty();
    }

    private async ValueTask<Empty> SendAsync(ApiCall call, SendNotificationRequest request, CancellationToken cancellationToken)
    {
        if (request.UserIds.Count > MaxReceivers) throw ConsoleNotificationErrors.TooMany;
        var userIds = new HashSet<Guid>();
        foreach (var text in request.UserIds)
        {
            if (!UuidText.TryParse(text, out var id)) throw ConsoleNotificationErrors.SendBadUser;
            if (id == Guid.Empty) throw ConsoleNotificationErrors.SendSystemUser;
            userIds.Add(id);
        }

        var senderId = Guid.Empty;
        if (request.SenderId.Length > 0 && !UuidText.TryParse(request.SenderId, out senderId)) throw ConsoleNotificationErrors.SendBadSender;
        var content = request.Content is null ? "{}" : ProtoJson.ToString(request.Content, JsonFormat.Api);
        NotificationRequest To(Guid userId) => new(userId, request.Subject, content, request.Code, senderId, request.Persistent);
        if (userIds.Count > 0)
        {
            if (!await sender.SendAsync([.. userIds.Select(To)], cancellationToken)) throw ConsoleNotificationErrors.SendFailed;
        }
        else if (!request.Persistent)
        {
            sender.SendToConnected(To(Guid.Empty));
        }
        else if (!broadcast.TrySend(To(Guid.Empty)))
        {
            throw ConsoleNotificationErrors.Busy;
        }

        return new Empty();
    }

    private static Notification Message(StoredNotification row) => new()
    {
        Id = row.Id.ToString(),
        UserId = row.UserId.ToString(),
        Subject = row.Subject,
        Content = row.Content,
        Code = row.Code,
        SenderId = row.SenderId.ToString(),
        CreateTime = Timestamp.FromDateTime(row.CreateTime),
        Persistent = true,
    };
}
