using Nakama.Protocol.Api;

namespace Nakama.Server.Chat;

/// <summary>Reads the messages of channels. The caller checks whether the reader has access.</summary>
internal sealed class ChannelHistory(MessageStore store)
{
    /// <summary>The position of a cursor; null for an empty one.</summary>
    /// <exception cref="Errors.ApiException">It is invalid, or belongs to another channel or direction.</exception>
    public static MessageCursor? ReadCursor(string text, ChannelId channel, bool isForward)
    {
        if (text.Length == 0) return null;
        var cursor = MessageCursor.Parse(text) ?? throw ChatErrors.HistoryCursor;
        if (cursor.IsForward != isForward || cursor.Stream != channel.Stream) throw ChatErrors.HistoryCursor;
        return cursor;
    }

    /// <summary>A page of a channel's messages.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="limit">The maximum number of messages.</param>
    /// <param name="isForward">Whether the oldest messages come first.</param>
    /// <param name="cursor">The cursor to continue from.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async ValueTask<ChannelMessageList> ListAsync(
        ChannelId channel, int limit, bool isForward, MessageCursor? cursor, CancellationToken cancellationToken)
    {
        var found = await store.ListAsync(channel, cursor?.Place, isForward == (cursor?.IsNext ?? true), limit + 1, cancellationToken);
        var page = MessagePage.Cut(channel.Stream, isForward, cursor, found, limit);
        var list = new ChannelMessageList
        {
            NextCursor = page.Next?.ToString() ?? "",
            PrevCursor = page.Previous?.ToString() ?? "",
            CacheableCursor = page.Cacheable?.ToString() ?? "",
        };
        foreach (var message in page.Messages) list.Messages.Add(MessageMapper.OfStored(channel, message));
        return list;
    }
}
