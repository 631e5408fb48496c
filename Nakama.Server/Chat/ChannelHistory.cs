using Nakama.Protocol.Api;

namespace Nakama.Server.Chat;

/// <summary>Reads what was said in channels. Whether the reader may is decided before.</summary>
internal sealed class ChannelHistory(MessageStore store)
{
    /// <summary>The place that a cursor names; null for an empty one.</summary>
    /// <exception cref="Errors.ApiException">It is none, or one of another channel or direction.</exception>
    public static MessageCursor? ReadCursor(string text, ChannelId channel, bool isForward)
    {
        if (text.Length == 0) return null;
        var cursor = MessageCursor.Parse(text) ?? throw ChatErrors.HistoryCursor;
        if (cursor.IsForward != isForward || cursor.Stream != channel.Stream) throw ChatErrors.HistoryCursor;
        return cursor;
    }

    /// <summary>A page of a channel's messages.</summary>
    /// <param name="channel">Which.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="isForward">Oldest first.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="cancellationToken">Ends the work.</param>
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
