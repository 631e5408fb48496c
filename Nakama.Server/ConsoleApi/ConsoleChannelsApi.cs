using Nakama.Protocol.Api;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Chat;
using Nakama.Server.Errors;
using Nakama.Server.Security;
using ChannelType = Nakama.Protocol.Console.ListChannelMessagesRequest.Types.Type;
using ListChannelMessagesRequest = Nakama.Protocol.Console.ListChannelMessagesRequest;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' view of chat.</summary>
internal sealed class ConsoleChannelsApi(ChannelHistory history, MessageStore messages) : IConsoleFeature
{
    private const int PageSize = 50;

    private static ApiException BadType => new(StatusCode.Internal, "Invalid chat type.");

    private static ApiException BadLabel => new(StatusCode.InvalidArgument, "Invalid label size.");

    private static ApiException BadGroupId => new(StatusCode.InvalidArgument, "Invalid group ID format.");

    private static ApiException BadUserId => new(StatusCode.InvalidArgument, "Invalid user ID format.");

    private static ApiException BadMessageId => new(StatusCode.InvalidArgument, "Requires a valid message ID.");

    public void Map(ApiMap api)
    {
        api.Map<ListChannelMessagesRequest, ChannelMessageList>("ListChannelMessages", ListAsync);
        api.Map<DeleteChannelMessagesRequest, DeleteChannelMessagesResponse>("DeleteChannelMessages", DeleteAsync);
    }

    private ValueTask<ChannelMessageList> ListAsync(ApiCall call, ListChannelMessagesRequest request, CancellationToken cancellationToken)
    {
        var channel = ChannelOf(request);
        var cursor = ChannelHistory.ReadCursor(request.Cursor, channel, isForward: false);
        return history.ListAsync(channel, PageSize, isForward: false, cursor, cancellationToken);
    }

    private static ChannelId ChannelOf(ListChannelMessagesRequest request)
    {
        switch (request.Type)
        {
            case ChannelType.Room:
                return ChannelId.IsLabel(request.Label) ? ChannelId.Room(request.Label) : throw BadLabel;
            case ChannelType.Group:
                return UuidText.TryParse(request.GroupId, out var groupId) ? ChannelId.Group(groupId) : throw BadGroupId;
            case ChannelType.Direct:
                if (!UuidText.TryParse(request.UserIdOne, out var one) || !UuidText.TryParse(request.UserIdTwo, out var two)) throw BadUserId;
                return ChannelId.Direct(one, two);
            default:
                throw BadType;
        }
    }

    private async ValueTask<DeleteChannelMessagesResponse> DeleteAsync(ApiCall call, DeleteChannelMessagesRequest request, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. request.Ids.Select(static text => UuidText.TryParse(text, out var id) ? id : throw BadMessageId)];
        return new DeleteChannelMessagesResponse { Total = await messages.DeleteAsync(ids, request.Before?.ToDateTime(), cancellationToken) };
    }
}
