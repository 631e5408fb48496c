using Nakama.Server.Presence;

namespace Nakama.Server.Chat;

/// <summary>One page of a channel's history in the requested order, with the cursors to the adjacent pages.</summary>
/// <param name="Messages">The messages, in the order of the listing.</param>
/// <param name="Next">The cursor to the next page; null when there is none.</param>
/// <param name="Previous">The cursor to the previous page; null when there is none or this is not known.</param>
/// <param name="Cacheable">
/// The cursor to messages sent after the last of these; null when there is no message or cursor to derive it from.
/// </param>
internal readonly record struct MessagePage(
    IReadOnlyList<StoredMessage> Messages, MessageCursor? Next, MessageCursor? Previous, MessageCursor? Cacheable)
{
    /// <summary>Creates a page from the rows found.</summary>
    /// <param name="stream">The channel.</param>
    /// <param name="isForward">The order of the listing.</param>
    /// <param name="incoming">The cursor that the rows were read from.</param>
    /// <param name="found">Up to one message more than the limit, those nearest to the cursor first.</param>
    /// <param name="limit">The maximum number of messages.</param>
    public static MessagePage Cut(StreamId stream, bool isForward, MessageCursor? incoming, List<StoredMessage> found, int limit)
    {
        var hasMore = found.Count > limit;
        if (hasMore) found.RemoveRange(limit, found.Count - limit);
        if (found.Count == 0) return new([], null, null, incoming is { } seen ? seen with { IsForward = true, IsNext = true } : null);

        var goesBack = incoming is { IsNext: false };
        if (goesBack) found.Reverse();
        return new(
            found,
            (goesBack || hasMore) ? At(found[^1], isForward, isNext: true) : null,
            (goesBack ? hasMore : incoming is not null) ? At(found[0], isForward, isNext: false) : null,
            At(found[^1], isForward: true, isNext: true));

        MessageCursor At(StoredMessage message, bool isForward, bool isNext) =>
            new(stream, new MessagePlace(message.CreateTime, message.Id), isForward, isNext);
    }
}
