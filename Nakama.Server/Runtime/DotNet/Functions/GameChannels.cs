using Nakama.GameLogic.Functions;
using Nakama.Protocol.Realtime;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IChannels"/>
internal sealed class GameChannels(GameFunctionCaller caller) : GameFunctionGroup(caller), IChannels
{
    public async Task<string> BuildIdAsync(Guid? senderId, string target, ChannelType type, CancellationToken cancellationToken) =>
        TextOf(await CallAsync("channel_id_build", [Id(senderId), Text(target), Whole((int)type)], cancellationToken));

    public async Task<ChannelMessageAck> SendMessageAsync(
        string channelId, string content, Guid? senderId, string? senderUsername, bool persist, CancellationToken cancellationToken) =>
        Source<ChannelMessageAck>(await CallAsync(
            "channel_message_send",
            [
                Text(channelId), Json(content), Id(senderId), Text(senderUsername), Flag(persist),
            ],
            cancellationToken));

    public async Task<ChannelMessageAck> UpdateMessageAsync(
        string channelId, Guid messageId, string content, Guid? senderId, string? senderUsername, bool persist,
        CancellationToken cancellationToken) =>
        Source<ChannelMessageAck>(await CallAsync(
            "channel_message_update",
            [
                Text(channelId), Id(messageId), Json(content), Id(senderId), Text(senderUsername), Flag(persist),
            ],
            cancellationToken));

    public async Task<ChannelMessageAck> RemoveMessageAsync(
        string channelId, Guid messageId, Guid? senderId, string? senderUsername, bool persist, CancellationToken cancellationToken) =>
        Source<ChannelMessageAck>(await CallAsync(
            "channel_message_remove",
            [
                Text(channelId), Id(messageId), Id(senderId), Text(senderUsername), Flag(persist),
            ],
            cancellationToken));

    public async Task<ChannelMessagePage> ListMessagesAsync(
        string channelId, int limit, bool forward, string? cursor, CancellationToken cancellationToken) =>
        GameResults.Messages(await CallAsync(
            "channel_messages_list",
            [
                Text(channelId), Whole(limit), Flag(forward), Text(cursor),
            ],
            cancellationToken));
}
