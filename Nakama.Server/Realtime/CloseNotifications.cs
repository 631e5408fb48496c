using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Realtime;
using NotificationsMessage = Nakama.Protocol.Realtime.Notifications;

namespace Nakama.Server.Realtime;

/// <summary>The notifications that are sent before the server closes a connection.</summary>
public static class CloseNotifications
{
    private const int SingleSocketCode = -7;
    private const int BannedCode = -8;

    /// <summary>The user has opened a newer connection and may have only one.</summary>
    public static Envelope SingleSocket(TimeProvider time) => Of("single_socket", SingleSocketCode, time);

    public static Envelope Banned(TimeProvider time) => Of("banned", BannedCode, time);

    private static Envelope Of(string subject, int code, TimeProvider time)
    {
        var notification = new Notification
        {
            Id = Guid.NewGuid().ToString(),
            Subject = subject,
            Content = "{}",
            Code = code,
            CreateTime = new Timestamp { Seconds = time.GetUtcNow().ToUnixTimeSeconds() },
        };
        return new Envelope { Notifications = new NotificationsMessage { Notifications_ = { notification } } };
    }
}
