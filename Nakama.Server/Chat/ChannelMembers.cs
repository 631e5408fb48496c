using Nakama.Protocol.Realtime;
using Nakama.Server.Notifications;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Chat;

/// <summary>Adds sessions to channels and returns the members present.</summary>
internal sealed class ChannelMembers(PresenceTracker tracker, NotificationSender notifications)
{
    /// <summary>
    /// Joins; a session that has already joined is unchanged. The first user in a direct channel causes a notification to the
    /// other.
    /// </summary>
    /// <exception cref="Realtime.RealtimeException">The session is closing.</exception>
    public async ValueTask<Channel> JoinAsync(
        Session session, ChannelId channel, PresenceMeta meta, CancellationToken cancellationToken)
    {
        if (!tracker.Track(session, channel.Stream, meta, out var isNew)) throw ChatErrors.JoinFailed;
        await tracker.SyncAsync(cancellationToken);

        var stream = channel.Stream;
        var answer = new Channel
        {
            Id = channel.Text,
            // Joining again changes nothing, but the response shows the requested values, as the reference server's does.
            Self = new TrackedPresence(session, stream, meta).ToUserPresence(),
        };
        switch (stream.Mode)
        {
            case StreamMode.Room:
                answer.RoomName = stream.Label;
                break;
            case StreamMode.Group:
                answer.GroupId = stream.SubjectText;
                break;
            default:
                answer.UserIdOne = stream.SubjectText;
                answer.UserIdTwo = stream.SubcontextText;
                break;
        }

        var otherId = stream.Subject == session.UserId ? stream.Subcontext : stream.Subject;
        var isOtherHere = otherId == session.UserId;
        foreach (var presence in tracker.List(stream))
        {
            if (presence.Meta.Hidden) continue;
            isOtherHere |= presence.UserId == otherId;
            if (!isNew || !presence.IsOf(session)) answer.Presences.Add(presence.ToUserPresence());
        }

        if (isNew && stream.Mode == StreamMode.DirectMessage && !isOtherHere)
            await notifications.SendAsync([Call(session, otherId)], CancellationToken.None);
        return answer;
    }

    private static NotificationRequest Call(Session session, Guid otherId) => new(
        otherId,
        session.Username + " wants to chat",
        NotificationContent.Of(("username", session.Username)),
        NotificationCode.DirectMessageRequest,
        session.UserId,
        IsPersistent: true);
}
