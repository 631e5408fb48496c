using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Friends;
using Nakama.Server.Groups;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' view of the friends and groups of an account.</summary>
internal sealed class ConsoleRelationsApi(FriendStore friends, GroupMemberLists groups) : IConsoleFeature
{
    /// <summary>The maximum number of entries in an answer, which has no pages.</summary>
    private const int MaxListed = 10_000;

    public void Map(ApiMap api)
    {
        api.Map<AccountId, FriendList>("GetFriends", (_, request, token) =>
            friends.ListAsync(ConsoleAccountsApi.Id(request.Id), null, MaxListed, EdgeCursor.Start, token));
        api.Map<AccountId, UserGroupList>("GetGroups", (_, request, token) =>
            groups.ListGroupsAsync(ConsoleAccountsApi.Id(request.Id), null, MaxListed, EdgeCursor.Start, token));
        api.Map<DeleteFriendRequest, Empty>("DeleteFriend", DeleteFriendAsync);
    }

    /// <summary>Ends the friendship, the invitation or the user's own block. Neither user is notified.</summary>
    private async ValueTask<Empty> DeleteFriendAsync(ApiCall call, DeleteFriendRequest request, CancellationToken cancellationToken)
    {
        var userId = ConsoleAccountsApi.Id(request.Id);
        if (!UuidText.TryParse(request.FriendId, out var friendId)) throw ConsoleErrors.FriendIdInvalid;
        if (userId != friendId) await friends.DeleteAsync(userId, [friendId], cancellationToken);
        return new Empty();
    }
}
