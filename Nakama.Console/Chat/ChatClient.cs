using Nakama.Console.Nodes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Console;
using ListChannelMessagesRequest = Nakama.Protocol.Console.ListChannelMessagesRequest;

namespace Nakama.Console.Chat;

/// <summary>The chat methods of the node's console API.</summary>
public sealed class ChatClient(NodeClient node)
{
    public Task<ChannelMessageList> ListAsync(ListChannelMessagesRequest wanted, CancellationToken cancellationToken) =>
        node.GetAsync<ChannelMessageList>(
            NodePath.Of("/channel").With(
                ("type", (int)wanted.Type), ("label", wanted.Label), ("group_id", wanted.GroupId), ("user_id_one", wanted.UserIdOne),
                ("user_id_two", wanted.UserIdTwo), ("cursor", wanted.Cursor)),
            cancellationToken);

    public Task<DeleteChannelMessagesResponse> DeleteAsync(string messageId, CancellationToken cancellationToken) =>
        node.DeleteAsync<DeleteChannelMessagesResponse>(NodePath.Of("/message").With(("ids", messageId)), cancellationToken);

    /// <summary>Deletes the messages of all channels that are older.</summary>
    public Task<DeleteChannelMessagesResponse> DeleteOlderAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        node.DeleteAsync<DeleteChannelMessagesResponse>(
            NodePath.Of("/message").With(("before", before.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))), cancellationToken);
}
