using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;

namespace Nakama.Server.Chat;

/// <summary>Maps channel messages to their protobuf form.</summary>
internal static class MessageMapper
{
    /// <summary>A message of a channel, with the ids that apply to its kind of channel.</summary>
    public static ChannelMessage Of(ChannelId channel)
    {
        var message = new ChannelMessage { ChannelId = channel.Text };
        var stream = channel.Stream;
        switch (stream.Mode)
        {
            case StreamMode.Room:
                message.RoomName = stream.Label;
                break;
            case StreamMode.Group:
                message.GroupId = stream.SubjectText;
                break;
            default:
                message.UserIdOne = stream.SubjectText;
                message.UserIdTwo = stream.SubcontextText;
                break;
        }
        return message;
    }

    public static ChannelMessage OfStored(ChannelId channel, StoredMessage stored)
    {
        var message = Of(channel);
        message.MessageId = stored.Id.ToString();
        message.Code = stored.Code;
        message.SenderId = stored.SenderId.ToString();
        message.Username = stored.Username;
        message.Content = stored.Content;
        message.CreateTime = Timestamp.FromDateTime(stored.CreateTime);
        message.UpdateTime = Timestamp.FromDateTime(stored.UpdateTime);
        message.Persistent = true;
        return message;
    }

    /// <summary>The acknowledgement for the sender of a message.</summary>
    public static ChannelMessageAck AckOf(ChannelMessage message) => new()
    {
        ChannelId = message.ChannelId,
        MessageId = message.MessageId,
        Code = message.Code,
        Username = message.Username,
        CreateTime = message.CreateTime,
        UpdateTime = message.UpdateTime,
        Persistent = message.Persistent,
        RoomName = message.RoomName,
        GroupId = message.GroupId,
        UserIdOne = message.UserIdOne,
        UserIdTwo = message.UserIdTwo,
    };
}
