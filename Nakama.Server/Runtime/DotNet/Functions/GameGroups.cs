using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IGroups"/>
internal sealed class GameGroups(GameFunctionCaller caller) : GameFunctionGroup(caller), IGroups
{
    public async Task<IReadOnlyList<Group>> GetAsync(IReadOnlyCollection<Guid> groupIds, CancellationToken cancellationToken) =>
        List<Group>(await CallAsync("groups_get_id", [Ids(groupIds)], cancellationToken));

    public async Task<Page<Group>> ListAsync(
        string? name, string? langTag, int? members, bool? open, int limit, string? cursor, CancellationToken cancellationToken) =>
        Page<Group>(await CallAsync(
            "groups_list",
            [
                Text(name), Text(langTag), Flag(open), Whole(members), Whole(limit), Text(cursor),
            ],
            cancellationToken));

    public async Task<IReadOnlyList<Group>> GetRandomAsync(int count, CancellationToken cancellationToken) =>
        List<Group>(await CallAsync("groups_get_random", [Whole(count)], cancellationToken));

    public async Task<Group> CreateAsync(Guid userId, GroupDefinition definition, CancellationToken cancellationToken) =>
        Source<Group>(await CallAsync(
            "group_create",
            [
                Id(userId), Text(definition.Name), Id(definition.CreatorId), Text(definition.LangTag),
                Text(definition.Description), Text(definition.AvatarUrl), Flag(definition.IsOpen), Json(definition.Metadata),
                Whole(definition.MaxCount),
            ],
            cancellationToken));

    public Task UpdateAsync(Guid groupId, Guid? callerId, GroupChange change, CancellationToken cancellationToken) =>
        CallAsync(
            "group_update",
            [
                Id(groupId), Id(callerId), Text(change.Name), Id(change.CreatorId), Text(change.LangTag),
                Text(change.Description), Text(change.AvatarUrl), Flag(change.IsOpen), Json(change.Metadata),
                Whole(change.MaxCount),
            ],
            cancellationToken);

    public Task DeleteAsync(Guid groupId, CancellationToken cancellationToken) =>
        CallAsync("group_delete", [Id(groupId)], cancellationToken);

    public Task JoinAsync(Guid groupId, Guid userId, string username, CancellationToken cancellationToken) =>
        CallAsync("group_user_join", [Id(groupId), Id(userId), Text(username)], cancellationToken);

    public Task LeaveAsync(Guid groupId, Guid userId, string username, CancellationToken cancellationToken) =>
        CallAsync("group_user_leave", [Id(groupId), Id(userId), Text(username)], cancellationToken);

    public Task AddUsersAsync(Guid? callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        CallAsync("group_users_add", [Id(groupId), Ids(userIds), Id(callerId)], cancellationToken);

    public Task KickUsersAsync(Guid? callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        CallAsync("group_users_kick", [Id(groupId), Ids(userIds), Id(callerId)], cancellationToken);

    public Task BanUsersAsync(Guid? callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        CallAsync("group_users_ban", [Id(groupId), Ids(userIds), Id(callerId)], cancellationToken);

    public Task PromoteUsersAsync(Guid? callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        CallAsync("group_users_promote", [Id(groupId), Ids(userIds), Id(callerId)], cancellationToken);

    public Task DemoteUsersAsync(Guid? callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        CallAsync("group_users_demote", [Id(groupId), Ids(userIds), Id(callerId)], cancellationToken);

    public async Task<Page<GroupUserList.Types.GroupUser>> ListUsersAsync(
        Guid groupId, int limit, int? state, string? cursor, CancellationToken cancellationToken) =>
        Page<GroupUserList.Types.GroupUser>(await CallAsync(
            "group_users_list",
            [
                Id(groupId), Whole(limit), Whole(state), Text(cursor),
            ],
            cancellationToken));

    public async Task<Page<UserGroupList.Types.UserGroup>> ListOfUserAsync(
        Guid userId, int limit, int? state, string? cursor, CancellationToken cancellationToken) =>
        Page<UserGroupList.Types.UserGroup>(await CallAsync(
            "user_groups_list",
            [
                Id(userId), Whole(limit), Whole(state), Text(cursor),
            ],
            cancellationToken));
}
