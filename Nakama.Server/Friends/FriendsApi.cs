using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.Friends;

/// <summary>The caller's friends: listing, adding, deleting, blocking.</summary>
internal sealed class FriendsApi(FriendStore store, FriendActions actions) : IApiFeature
{
    private const int MaxLimit = 1000;
    private const int MaxFriendsOfFriendsLimit = 100;
    private const int DefaultFriendsOfFriendsLimit = 10;

    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<ListFriendsRequest, FriendList>("ListFriends", ListAsync, new("Listing friends", static () => FriendErrors.ListFailed));
        api.Map<ListFriendsOfFriendsRequest, FriendsOfFriendsList>("ListFriendsOfFriends", ListFriendsOfFriendsAsync,
            new("Listing friends of friends", static () => FriendErrors.ListFailed));
        api.Map<AddFriendsRequest, Empty>("AddFriends", AddAsync, new("Adding friends", static () => FriendErrors.AddFailed));
        api.Map<DeleteFriendsRequest, Empty>("DeleteFriends", DeleteAsync, new("Deleting friends", static () => FriendErrors.DeleteFailed));
        api.Map<BlockFriendsRequest, Empty>("BlockFriends", BlockAsync, new("Blocking friends", static () => FriendErrors.BlockFailed));
    }

    private async ValueTask<FriendList> ListAsync(ApiCall call, ListFriendsRequest request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? MaxLimit;
        if (limit is < 1 or > MaxLimit) throw FriendErrors.Limit;
        if (request.State is < (int)FriendState.Friend or > (int)FriendState.Blocked) throw FriendErrors.State;
        var state = (FriendState?)(short?)request.State;
        var from = EdgeCursor.Start;
        if (request.Cursor.Length > 0)
        {
            from = EdgeCursor.Parse(request.Cursor) ?? throw FriendErrors.Cursor;
            if (state is not null && (short)state != from.State) throw FriendErrors.Cursor;
        }

        return await store.ListAsync(call.UserId, state, limit, from, cancellationToken);
    }

    private async ValueTask<FriendsOfFriendsList> ListFriendsOfFriendsAsync(
        ApiCall call, ListFriendsOfFriendsRequest request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? DefaultFriendsOfFriendsLimit;
        if (limit is < 1 or > MaxFriendsOfFriendsLimit) throw FriendErrors.FriendsOfFriendsLimit;
        FriendOfFriendCursor from = default;
        if (request.Cursor.Length > 0) from = FriendOfFriendCursor.Parse(request.Cursor) ?? throw FriendErrors.Cursor;
        return await store.ListFriendsOfFriendsAsync(call.UserId, limit, from, cancellationToken);
    }

    private async ValueTask<Empty> AddAsync(ApiCall call, AddFriendsRequest request, CancellationToken cancellationToken)
    {
        if (HasNobody(call, request.Ids, request.Usernames)) return Done;
        var ids = Check(call.Caller!, request.Ids, request.Usernames, static () => FriendErrors.AddSelf);
        if (JsonbText.HasUnstorableNumber(request.Metadata)) throw FriendErrors.Metadata;
        await actions.AddAsync(call.UserId, call.Caller!.Username, ids, request.Usernames, request.Metadata, cancellationToken);
        return Done;
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteFriendsRequest request, CancellationToken cancellationToken)
    {
        if (HasNobody(call, request.Ids, request.Usernames)) return Done;
        var ids = Check(call.Caller!, request.Ids, request.Usernames, static () => FriendErrors.DeleteSelf);
        call.SkipAfterHook = !await actions.DeleteAsync(call.UserId, call.Caller!.Username, ids, request.Usernames, cancellationToken);
        return Done;
    }

    private async ValueTask<Empty> BlockAsync(ApiCall call, BlockFriendsRequest request, CancellationToken cancellationToken)
    {
        if (HasNobody(call, request.Ids, request.Usernames)) return Done;
        var ids = Check(call.Caller!, request.Ids, request.Usernames, static () => FriendErrors.BlockSelf);
        await actions.BlockAsync(call.UserId, ids, request.Usernames, cancellationToken);
        return Done;
    }

    private static bool HasNobody(ApiCall call, RepeatedField<string> ids, RepeatedField<string> usernames) =>
        call.SkipAfterHook = ids.Count == 0 && usernames.Count == 0;

    private static Guid[] Check(Caller caller, RepeatedField<string> ids, RepeatedField<string> usernames, Func<ApiException> itself)
    {
        var parsed = new Guid[ids.Count];
        for (var i = 0; i < parsed.Length; i++)
        {
            if (!UuidText.TryParse(ids[i], out parsed[i]) || parsed[i] == Guid.Empty) throw FriendErrors.UserId(ids[i]);
            if (parsed[i] == caller.UserId) throw itself();
        }

        foreach (var username in usernames)
        {
            if (username.Length == 0) throw FriendErrors.EmptyUsername;
            if (username == caller.Username) throw itself();
        }
        return parsed;
    }
}
