using Nakama.Protocol.Realtime;

namespace Nakama.GameLogic.Functions;

/// <summary>Chat channels. Writing to a channel does not require membership.</summary>
public interface IChannels
{
    /// <summary>The id of a room, of the channel between two users or of the channel of a group.</summary>
    /// <param name="senderId">The user on whose side the channel is; null for the system.</param>
    /// <param name="target">The name of the room, the id of the other user or of the group.</param>
    /// <param name="type">The type of the channel.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The id of the channel.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("channel_id_build")]
    Task<string> BuildIdAsync(Guid? senderId, string target, ChannelType type, CancellationToken cancellationToken = default);

    /// <summary>Writes a message to a channel.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="content">A JSON object.</param>
    /// <param name="senderId">The user in whose name it is sent; null for the system.</param>
    /// <param name="senderUsername">The name of the sender.</param>
    /// <param name="persist">Whether the message is stored.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The acknowledgement.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("channel_message_send")]
    Task<ChannelMessageAck> SendMessageAsync(
        string channelId, string content, Guid? senderId = null, string? senderUsername = null, bool persist = true,
        CancellationToken cancellationToken = default);

    /// <summary>Changes a message of its own sender.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="content">A JSON object.</param>
    /// <param name="senderId">The user in whose name it is sent; null for the system.</param>
    /// <param name="senderUsername">The name of the sender.</param>
    /// <param name="persist">Whether the message is stored.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The acknowledgement.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("channel_message_update")]
    Task<ChannelMessageAck> UpdateMessageAsync(
        string channelId, Guid messageId, string content, Guid? senderId = null, string? senderUsername = null, bool persist = true,
        CancellationToken cancellationToken = default);

    /// <summary>Removes a message of its own sender.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="senderId">The user in whose name it is sent; null for the system.</param>
    /// <param name="senderUsername">The name of the sender.</param>
    /// <param name="persist">Whether the message is stored.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The acknowledgement.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("channel_message_remove")]
    Task<ChannelMessageAck> RemoveMessageAsync(
        string channelId, Guid messageId, Guid? senderId = null, string? senderUsername = null, bool persist = true,
        CancellationToken cancellationToken = default);

    /// <summary>A page of the stored messages of a channel.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="forward">Whether the page goes from older to newer messages.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("channel_messages_list")]
    Task<ChannelMessagePage> ListMessagesAsync(
        string channelId, int limit = 100, bool forward = true, string? cursor = null, CancellationToken cancellationToken = default);
}
