using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Presence;
using Npgsql;

namespace Nakama.Server.Chat;

/// <summary>Reading the history of channels.</summary>
internal sealed class ChatApi(ChannelHistory history, ChannelGates gates, ILogger<ChatApi> logger) : IApiFeature
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
        var cursor = ChannelHistory.ReadCursor(request.Cursor, channel, isForward);
        try
        {
            await CheckMayReadAsync(channel, call.UserId, cancellationToken);
            return await history.ListAsync(channel, limit, isForward, cursor, cancellationToken);
        }
        catch (NpgsqlException e) when (!DatabaseErrors.IsUnavailable(e))
        {
            ChatLog.ListFailed(logger, e);
            throw ChatErrors.HistoryFailed;
        }
    }

    /// <summary>Rooms are open to all users; reading does not require joining.</summary>
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
