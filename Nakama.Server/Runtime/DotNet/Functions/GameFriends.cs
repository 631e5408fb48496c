using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IFriends"/>
internal sealed class GameFriends(GameFunctionCaller caller) : GameFunctionGroup(caller), IFriends
{
    public async Task<Page<Friend>> ListAsync(Guid userId, int limit, int? state, string? cursor, CancellationToken cancellationToken) =>
        Page<Friend>(await CallAsync("friends_list", [Id(userId), Whole(limit), Whole(state), Text(cursor)], cancellationToken));

    public async Task<Page<FriendsOfFriendsList.Types.FriendOfFriend>> ListFriendsOfFriendsAsync(
        Guid userId, int limit, string? cursor, CancellationToken cancellationToken) =>
        Page<FriendsOfFriendsList.Types.FriendOfFriend>(await CallAsync(
            "friends_of_friends_list",
            [
                Id(userId), Whole(limit), Text(cursor),
            ],
            cancellationToken));

    public Task AddAsync(
        Guid userId, string username, IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string>? usernames, string? metadata,
        CancellationToken cancellationToken) =>
        CallAsync("friends_add", [Id(userId), Text(username), Ids(ids), Texts(usernames), Json(metadata)], cancellationToken);

    public Task DeleteAsync(
        Guid userId, string username, IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string>? usernames, CancellationToken cancellationToken) =>
        CallAsync("friends_delete", [Id(userId), Text(username), Ids(ids), Texts(usernames)], cancellationToken);

    public Task BlockAsync(
        Guid userId, string username, IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string>? usernames, CancellationToken cancellationToken) =>
        CallAsync("friends_block", [Id(userId), Text(username), Ids(ids), Texts(usernames)], cancellationToken);

    public Task UpdateMetadataAsync(Guid userId, Guid friendId, string metadata, CancellationToken cancellationToken) =>
        CallAsync("friend_metadata_update", [Id(userId), Id(friendId), Json(metadata)], cancellationToken);

    public async Task<IReadOnlyList<Friend>> GetStatusAsync(
        Guid userId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        List<Friend>(await CallAsync("users_get_friend_status", [Id(userId), Ids(userIds)], cancellationToken));
}
