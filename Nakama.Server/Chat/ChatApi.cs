using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Presence;
using Nakama.Server.Wire.Api;
using Npgsql;

namespace Nakama.Server.Chat;

/// <summary>Reading the history of channels.</summary>
internal sealed class ChatApi(MessageStore store, ChannelGates gates, ILogger<ChatApi> logger) : IApiFeature
{
    private const int MaxLimit = 100;

    public void Map(ApiMap api) =>
        api.Map<ListChannelMessagesRequest, ChannelMessageList>("ListChannelMessages", ListAsync);

    private async ValueTask<ChannelMessageList> ListAsync(
        ApiCall call, ListChannelMessagesRequest request, CancellationToken cancellationToken)
    {
        if (!ChannelId.TryParse(request.ChannelId, out var channel)) throw ChatErrors.HistoryChannelId;
        var limit = request.Limit ?? 1;
        if (limit is < 1 or > MaxLimit) throw ChatErrors.HistoryLimit;
        var isForward = request.Forward ?? true;
        var cursor = ReadCursor(request.Cursor, channel, isForward);

        List<StoredMessage> found;
        try
        {
            await CheckMayReadAsync(channel, call.UserId, cancellationToken);
            found = await store.ListAsync(
                channel, cursor?.Place, isForward == (cursor?.IsNext ?? true), limit + 1, cancellationToken);
        }
        catch (NpgsqlException e) when (!DatabaseErrors.IsUnavailable(e))
        {
            ChatLog.ListFailed(logger, e);
            throw ChatErrors.HistoryFailed;
        }

        var page = MessagePage.Cut(channel.Stream, isForward, cursor, found, limit);
        var list = new ChannelMessageList
        {
            NextCursor = page.Next?.ToString() ?? "",
            PrevCursor = page.Previous?.ToString() ?? "",
            CacheableCursor = page.Cacheable?.ToString() ?? "",
        };
        foreach (var message in page.Messages) list.Messages.Add(MessageForm.OfStored(channel, message));
        return list;
    }

    private static MessageCursor? ReadCursor(string text, ChannelId channel, bool isForward)
    {
        if (text.Length == 0) return null;
        var cursor = MessageCursor.Parse(text) ?? throw ChatErrors.HistoryCursor;
        if (cursor.IsForward != isForward || cursor.Stream != channel.Stream) throw ChatErrors.HistoryCursor;
        return cursor;
    }

    /// <summary>Rooms are open to all; having joined is never required.</summary>
    private async ValueTask CheckMayReadAsync(ChannelId channel, Guid userId, CancellationToken cancellationToken)
    {
        switch (channel.Stream.Mode)
        {
            case StreamMode.Group when !await gates.MayEnterAsync(channel, userId, cancellationToken):
                throw ChatErrors.HistoryGroupNotFound;
            case StreamMode.DirectMessage when channel.Stream.Subject != userId && channel.Stream.Subcontext != userId:
                throw ChatErrors.HistoryChannelNotFound;
        }
    }
}
