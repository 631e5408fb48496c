using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Security;
using Nakama.Server.Wire.Api;

namespace Nakama.Server.Groups;

/// <summary>Who is in a group: listed, joining, leaving, managed.</summary>
internal sealed class GroupMembersApi(GroupActions actions, GroupMemberLists lists, ILogger<GroupMembersApi> log) : IApiFeature
{
    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<ListGroupUsersRequest, GroupUserList>("ListGroupUsers", ListUsersAsync);
        api.Map<ListUserGroupsRequest, UserGroupList>("ListUserGroups", ListGroupsAsync);
        api.Map<JoinGroupRequest, Empty>("JoinGroup", JoinAsync);
        api.Map<LeaveGroupRequest, Empty>("LeaveGroup", LeaveAsync);
        api.Map<AddGroupUsersRequest, Empty>("AddGroupUsers", (call, request, token) =>
            ManageAsync(call, request.GroupId, request.UserIds, actions.AddUsersAsync, "Adding users to a group", static () => GroupErrors.AddFailed, token));
        api.Map<KickGroupUsersRequest, Empty>("KickGroupUsers", (call, request, token) =>
            ManageAsync(call, request.GroupId, request.UserIds, actions.KickUsersAsync, "Kicking users", static () => GroupErrors.KickFailed, token));
        api.Map<BanGroupUsersRequest, Empty>("BanGroupUsers", (call, request, token) =>
            ManageAsync(call, request.GroupId, request.UserIds, actions.BanUsersAsync, "Banning users", static () => GroupErrors.BanFailed, token));
        api.Map<PromoteGroupUsersRequest, Empty>("PromoteGroupUsers", (call, request, token) =>
            ManageAsync(call, request.GroupId, request.UserIds, actions.PromoteUsersAsync, "Promoting users", static () => GroupErrors.PromoteFailed, token));
        api.Map<DemoteGroupUsersRequest, Empty>("DemoteGroupUsers", DemoteAsync);
    }

    private async ValueTask<GroupUserList> ListUsersAsync(ApiCall call, ListGroupUsersRequest request, CancellationToken cancellationToken)
    {
        var groupId = GroupInput.GroupId(request.GroupId);
        var (limit, state, from) = GroupInput.Page(request.Limit, request.State, request.Cursor);
        try
        {
            return await lists.ListUsersAsync(groupId, state, limit, from, cancellationToken);
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            throw Failed(e, "Listing the users of a group", GroupErrors.ListUsersFailed);
        }
    }

    private async ValueTask<UserGroupList> ListGroupsAsync(ApiCall call, ListUserGroupsRequest request, CancellationToken cancellationToken)
    {
        if (request.UserId.Length == 0) throw GroupErrors.UserIdRequired;
        // The sentence speaks of the group: clients of the reference server know it so.
        if (!UuidText.TryParse(request.UserId, out var userId)) throw GroupErrors.BadId;
        var (limit, state, from) = GroupInput.Page(request.Limit, request.State, request.Cursor);
        try
        {
            return await lists.ListGroupsAsync(userId, state, limit, from, cancellationToken);
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            throw Failed(e, "Listing the groups of a user", GroupErrors.ListOfUserFailed);
        }
    }

    private async ValueTask<Empty> JoinAsync(ApiCall call, JoinGroupRequest request, CancellationToken cancellationToken)
    {
        var groupId = GroupInput.GroupId(request.GroupId);
        try
        {
            await actions.JoinAsync(groupId, call.UserId, call.Caller!.Username, cancellationToken);
            return Done;
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            throw Failed(e, "Joining a group", GroupErrors.JoinFailed);
        }
    }

    private async ValueTask<Empty> LeaveAsync(ApiCall call, LeaveGroupRequest request, CancellationToken cancellationToken)
    {
        var groupId = GroupInput.GroupId(request.GroupId);
        try
        {
            await actions.LeaveAsync(groupId, call.UserId, call.Caller!.Username, cancellationToken);
            return Done;
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e) || e is GroupDisabledException)
        {
            throw Failed(e, "Leaving a group", GroupErrors.LeaveFailed);
        }
    }

    private ValueTask<Empty> DemoteAsync(ApiCall call, DemoteGroupUsersRequest request, CancellationToken cancellationToken)
    {
        GroupInput.GroupId(request.GroupId);
        // The others succeed without anybody named; this one does not.
        if (request.UserIds.Count == 0) throw GroupErrors.UserIdsRequired;
        return ManageAsync(
            call, request.GroupId, request.UserIds, actions.DemoteUsersAsync, "Demoting users", static () => GroupErrors.DemoteFailed, cancellationToken);
    }

    private async ValueTask<Empty> ManageAsync(
        ApiCall call, string groupIdText, RepeatedField<string> userIdTexts,
        Func<Guid, Guid, IReadOnlyCollection<Guid>, CancellationToken, ValueTask> manage, string operation, Func<ApiError> failure,
        CancellationToken cancellationToken)
    {
        var groupId = GroupInput.GroupId(groupIdText);
        if (userIdTexts.Count == 0)
        {
            call.SkipAfterHook = true;
            return Done;
        }

        var userIds = GroupInput.UserIds(userIdTexts);
        try
        {
            await manage(call.UserId, groupId, userIds, cancellationToken);
            return Done;
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e) || e is GroupDisabledException)
        {
            throw Failed(e, operation, failure());
        }
    }

    private ApiError Failed(Exception exception, string operation, ApiError refusal)
    {
        GroupLog.StatementFailed(log, exception, operation);
        return refusal;
    }
}
