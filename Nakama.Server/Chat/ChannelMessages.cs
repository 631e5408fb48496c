using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Realtime;
using Nakama.Server.Database;
using Nakama.Server.Streams;
using Npgsql;

namespace Nakama.Server.Chat;

/// <summary>
/// Writes, changes and removes messages: first in the history where they are persistent, then for every session in the channel.
/// The caller checks whether the sender has access.
/// </summary>
public sealed class ChannelMessages(MessageStore store, MessageRouter router, TimeProvider time, ILogger<ChannelMessages> logger)
{
    private const string NoContent = "{}";

    /// <summary>Completes at once when nothing is stored.</summary>
    /// <exception cref="Realtime.RealtimeException">It could not be stored.</exception>
    public ValueTask<ChannelMessageAck> SendAsync(
        ChannelId channel, MessageSender sender, string content, bool isPersistent, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        var now = time.GetUtcNow().UtcDateTime;
        if (isPersistent) return SendStoredAsync(channel, sender, id, content, now, cancellationToken);
        return new(Broadcast(channel, sender, id, MessageCode.Chat, content, (now, now), isPersistent: false));
    }

    /// <summary>Without storing, any message id is accepted.</summary>
    /// <exception cref="Realtime.RealtimeException">There is no such message of this sender, or it could not be stored.</exception>
    public async ValueTask<ChannelMessageAck> UpdateAsync(
        ChannelId channel, MessageSender sender, Guid id, string content, bool isPersistent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var createTime = now;
        if (isPersistent)
        {
            try
            {
                var updated = await store.UpdateAsync(id, sender.UserId, sender.Username, content, now, cancellationToken);
                createTime = updated ?? throw ChatErrors.UpdateNotFound;
            }
            catch (NpgsqlException e)
            {
                ChatLog.NotStored(logger, e);
                throw ChatErrors.UpdateNotStored;
            }
        }
        return Broadcast(channel, sender, id, MessageCode.Update, content, (createTime, now), isPersistent);
    }

    /// <summary>Without storing, any message id is accepted.</summary>
    /// <exception cref="Realtime.RealtimeException">There is no such message of this sender, or it could not be removed.</exception>
    public async ValueTask<ChannelMessageAck> RemoveAsync(
        ChannelId channel, MessageSender sender, Guid id, bool isPersistent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var times = (now, now);
        if (isPersistent)
        {
            try
            {
                times = await store.RemoveAsync(id, sender.UserId, cancellationToken) ?? throw ChatErrors.RemoveNotFound;
            }
            catch (NpgsqlException e)
            {
                ChatLog.NotStored(logger, e);
                throw ChatErrors.RemoveNotStored;
            }
        }
        return Broadcast(channel, sender, id, MessageCode.Remove, NoContent, times, isPersistent);
    }

    private async ValueTask<ChannelMessageAck> SendStoredAsync(
        ChannelId channel, MessageSender sender, Guid id, string content, DateTime now, CancellationToken cancellationToken)
    {
        try
        {
            var row = new StoredMessage(id, MessageCode.Chat, sender.UserId, sender.Username, content, now, now);
            await store.InsertAsync(channel, row, cancellationToken);
        }
        catch (NpgsqlException e)
        {
            if (!DatabaseErrors.IsAccountGone(e)) ChatLog.NotStored(logger, e);
            throw ChatErrors.SendNotStored;
        }
        return Broadcast(channel, sender, id, MessageCode.Chat, content, (now, now), isPersistent: true);
    }

    /// <summary>The message is sent to all, including the sender, before the sender's acknowledgement is created.</summary>
    private ChannelMessageAck Broadcast(
        ChannelId channel, MessageSender sender, Guid id, int code, string content, (DateTime Create, DateTime Update) times, bool isPersistent)
    {
        var message = MessageMapper.Of(channel);
        message.MessageId = id.ToString();
        message.Code = code;
        message.SenderId = sender.UserIdText;
        message.Username = sender.Username;
        message.Content = content;
        message.CreateTime = Timestamp.FromDateTime(times.Create);
        message.UpdateTime = times.Update == times.Create ? message.CreateTime : Timestamp.FromDateTime(times.Update);
        message.Persistent = isPersistent;
        router.SendToStream(channel.Stream, new Envelope { ChannelMessage = message });
        return MessageMapper.AckOf(message);
    }
}
