using Nakama.Server.Presence;

namespace Nakama.Server.Chat;

/// <summary>One page of a channel's history in the order that was asked for, with the cursors to what is around it.</summary>
/// <param name="Messages">The messages, in the order of the listing.</param>
/// <param name="Next">Goes on; null when nothing follows.</param>
/// <param name="Previous">Goes back; null when nothing came before, or nobody knows.</param>
/// <param name="Cacheable">Waits for what will be said after the last of these messages; null when there is none to tell from.</param>
internal readonly record struct MessagePage(
    IReadOnlyList<StoredMessage> Messages, MessageCursor? Next, MessageCursor? Previous, MessageCursor? Cacheable)
{
    /// <summary>Cuts what was found into a page.</summary>
    /// <param name="stream">The channel.</param>
    /// <param name="isForward">The order of the listing.</param>
    /// <param name="incoming">The cursor that was read from.</param>
    /// <param name="found">Up to one message more than fits, those next to the cursor first.</param>
    /// <param name="limit">How many fit.</param>
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
