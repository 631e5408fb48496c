using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.Groups;

/// <summary>The members of a group: listing, joining, leaving, managing.</summary>
internal sealed class GroupMembersApi(GroupActions actions, GroupMemberLists lists) : IApiFeature
{
    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<ListGroupUsersRequest, GroupUserList>("ListGroupUsers", ListUsersAsync,
            new("Listing the users of a group", static () => GroupErrors.ListUsersFailed));
        api.Map<ListUserGroupsRequest, UserGroupList>("ListUserGroups", ListGroupsAsync,
            new("Listing the groups of a user", static () => GroupErrors.ListOfUserFailed));
        api.Map<JoinGroupRequest, Empty>("JoinGroup", JoinAsync, new("Joining a group", static () => GroupErrors.JoinFailed));
        api.Map<LeaveGroupRequest, Empty>("LeaveGroup", LeaveAsync, Change("Leaving a group", static () => GroupErrors.LeaveFailed));
        api.Map<AddGroupUsersRequest, Empty>("AddGroupUsers", (call, request, token) =>
            ManageAsync(call, request.GroupId, request.UserIds, actions.AddUsersAsync, token), Change("Adding users to a group", static () => GroupErrors.AddFailed));
        api.Map<KickGroupUsersRequest, Empty>("KickGroupUsers", (call, request, token) =>
            ManageAsync(call, request.GroupId, request.UserIds, actions.KickUsersAsync, token), Change("Kicking users", static () => GroupErrors.KickFailed));
        api.Map<BanGroupUsersRequest, Empty>("BanGroupUsers", (call, request, token) =>
            ManageAsync(call, request.GroupId, request.UserIds, actions.BanUsersAsync, token), Change("Banning users", static () => GroupErrors.BanFailed));
        api.Map<PromoteGroupUsersRequest, Empty>("PromoteGroupUsers", (call, request, token) =>
            ManageAsync(call, request.GroupId, request.UserIds, actions.PromoteUsersAsync, token), Change("Promoting users", static () => GroupErrors.PromoteFailed));
        api.Map<DemoteGroupUsersRequest, Empty>("DemoteGroupUsers", DemoteAsync, Change("Demoting users", static () => GroupErrors.DemoteFailed));
    }

    private async ValueTask<GroupUserList> ListUsersAsync(ApiCall call, ListGroupUsersRequest request, CancellationToken cancellationToken)
    {
        var groupId = GroupInput.GroupId(request.GroupId);
        var (limit, state, from) = GroupInput.Page(request.Limit, request.State, request.Cursor);
        return await lists.ListUsersAsync(groupId, state, limit, from, cancellationToken);
    }

    private async ValueTask<UserGroupList> ListGroupsAsync(ApiCall call, ListUserGroupsRequest request, CancellationToken cancellationToken)
    {
        if (request.UserId.Length == 0) throw GroupErrors.UserIdRequired;
        // The message refers to a group although the user id is invalid: clients of the reference server expect it.
        if (!UuidText.TryParse(request.UserId, out var userId)) throw GroupErrors.BadId;
        var (limit, state, from) = GroupInput.Page(request.Limit, request.State, request.Cursor);
        return await lists.ListGroupsAsync(userId, state, limit, from, cancellationToken);
    }

    private async ValueTask<Empty> JoinAsync(ApiCall call, JoinGroupRequest request, CancellationToken cancellationToken)
    {
        var groupId = GroupInput.GroupId(request.GroupId);
        await actions.JoinAsync(groupId, call.UserId, call.Caller!.Username, cancellationToken);
        return Done;
    }

    private async ValueTask<Empty> LeaveAsync(ApiCall call, LeaveGroupRequest request, CancellationToken cancellationToken)
    {
        var groupId = GroupInput.GroupId(request.GroupId);
        await actions.LeaveAsync(groupId, call.UserId, call.Caller!.Username, cancellationToken);
        return Done;
    }

    private ValueTask<Empty> DemoteAsync(ApiCall call, DemoteGroupUsersRequest request, CancellationToken cancellationToken)
    {
        GroupInput.GroupId(request.GroupId);
        // The other methods succeed without user ids; this one does not.
        if (request.UserIds.Count == 0) throw GroupErrors.UserIdsRequired;
        return ManageAsync(call, request.GroupId, request.UserIds, actions.DemoteUsersAsync, cancellationToken);
    }

    private static async ValueTask<Empty> ManageAsync(
        ApiCall call, string groupIdText, RepeatedField<string> userIdTexts,
        Func<Guid, Guid, IReadOnlyCollection<Guid>, CancellationToken, ValueTask> manage, CancellationToken cancellationToken)
    {
        var groupId = GroupInput.GroupId(groupIdText);
        if (userIdTexts.Count == 0)
        {
            call.SkipAfterHook = true;
            return Done;
        }

        await manage(call.UserId, groupId, GroupInput.UserIds(userIdTexts), cancellationToken);
        return Done;
    }

    private static StatementFailure Change(string work, Func<ApiException> error) =>
        new(work, error) { AlsoCovers = static error => error is GroupDisabledException };
}
