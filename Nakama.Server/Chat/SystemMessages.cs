using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Realtime;
using Nakama.Server.Streams;
using Npgsql;

namespace Nakama.Server.Chat;

/// <summary>
/// Messages that the server writes to a group's channel: stored in the transaction of the change, delivered after its commit.
/// </summary>
public sealed class SystemMessages(MessageRouter router, TimeProvider time)
{
    private const string NoContent = "{}";

    public SystemMessage New(Guid groupId, int code, Guid userId, string username) =>
        new(groupId, code, userId, username, time.GetUtcNow().UtcDateTime);

    /// <summary>Stores them as part of the transaction that makes the change.</summary>
    public static ValueTask StoreAsync(
        NpgsqlConnection connection, IReadOnlyList<SystemMessage> messages, CancellationToken cancellationToken) =>
        MessageStore.InsertAsync(connection, messages.Select(static message => (ChannelId.Group(message.GroupId), ToRow(message))), cancellationToken);

    /// <summary>Sends them to every session in the channel; to be called after the transaction.</summary>
    public void Deliver(IReadOnlyList<SystemMessage> messages)
    {
        foreach (var message in messages)
        {
            var channel = ChannelId.Group(message.GroupId);
            var live = MessageMapper.OfStored(channel, ToRow(message));
            live.CreateTime = live.UpdateTime = Timestamp.FromDateTime(message.At);
            router.SendToStream(channel.Stream, new Envelope { ChannelMessage = live });
        }
    }

    /// <summary>The history stores whole seconds for these messages.</summary>
    private static StoredMessage ToRow(SystemMessage message)
    {
        var second = new DateTime(message.At.Ticks - (message.At.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        return new StoredMessage(message.Id, message.Code, message.UserId, message.Username, NoContent, second, second);
    }
}
