using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Streams;
using Npgsql;
using NotificationsMessage = Nakama.Protocol.Realtime.Notifications;

namespace Nakama.Server.Notifications;

/// <summary>Sends notifications: first the persistent ones are stored, then all are sent to the open sockets.</summary>
public sealed class NotificationSender(
    NotificationStore store, MessageRouter router, TimeProvider time, ILogger<NotificationSender> logger)
{
    /// <summary>
    /// Sends all or, when they cannot be stored, none; then the failure is logged and the result is false, as the operation that
    /// caused the notification has succeeded nevertheless. The result is also false when none of the users exists.
    /// </summary>
    public async ValueTask<bool> SendAsync(IReadOnlyList<NotificationRequest> drafts, CancellationToken cancellationToken)
    {
        var persistent = drafts.Where(static draft => draft.IsPersistent).ToList();
        if (persistent.Count > 0)
        {
            try
            {
                if (await store.InsertAsync(persistent, cancellationToken) == 0) return false;
            }
            catch (NpgsqlException e)
            {
                NotificationLog.StoreFailed(logger, e);
                return false;
            }
        }

        foreach (var ofUser in drafts.GroupBy(static draft => draft.UserId))
            router.SendToStream(new StreamId(StreamMode.Notifications, ofUser.Key), Live(ofUser));
        return true;
    }

    /// <summary>Sends one notification to every connected session; nothing is stored.</summary>
    public void SendToConnected(NotificationRequest draft) => router.SendToAll(Live([draft]));

    private Envelope Live(IEnumerable<NotificationRequest> drafts)
    {
        var createTime = new Timestamp { Seconds = time.GetUtcNow().ToUnixTimeSeconds() };
        var message = new NotificationsMessage();
        foreach (var draft in drafts)
        {
            message.Notifications_.Add(new Notification
            {
                Id = draft.Id.ToString(),
                Subject = draft.Subject,
                Content = draft.Content,
                Code = draft.Code,
                SenderId = draft.SenderId.ToString(),
                CreateTime = createTime,
                Persistent = draft.IsPersistent,
            });
        }
        return new Envelope { Notifications = message };
    }
}
