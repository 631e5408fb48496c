using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi.History;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Groups;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' changes to the members of groups.</summary>
internal sealed class ConsoleGroupMembersApi(GroupActions actions, AccountStore accounts, HistoryRecorders history) : IConsoleFeature
{
    /// <summary>The maximum number of users that one request adds.</summary>
    private const int MaxAdded = 1000;

    /// <summary>The maximum number of users that one request lets join, each of which is several statements.</summary>
    private const int MaxJoining = 100;

    public void Map(ApiMap api)
    {
        api.Map<AddGroupUsersRequest, Empty>("AddGroupUsers", AddAsync);
        api.Map<UpdateGroupUserStateRequest, Empty>("PromoteGroupMember", (call, request, token) =>
            MoveAsync(call, request, HistoryActions.Promote, actions.TryRaiseAsync, static () => ConsoleGroupErrors.NotPromoted, static () => ConsoleGroupErrors.PromoteFailed, token));
        api.Map<UpdateGroupUserStateRequest, Empty>("DemoteGroupMember", (call, request, token) =>
            MoveAsync(call, request, HistoryActions.Demote, actions.TryLowerAsync, static () => ConsoleGroupErrors.NotDemoted, static () => ConsoleGroupErrors.DemoteFailed, token));
        api.Map<DeleteGroupUserRequest, Empty>("DeleteGroupUser", RemoveAsync);
    }

    private async ValueTask<Empty> AddAsync(ApiCall call, AddGroupUsersRequest request, CancellationToken cancellationToken)
    {
        if (!UuidText.TryParse(request.GroupId, out var groupId)) throw ConsoleGroupErrors.AddBadGroupId;
        var userIds = Read(request.Ids);
        var most = request.JoinRequest ? MaxJoining : MaxAdded;
        if (userIds.Length > most) throw ConsoleGroupErrors.AddTooMany(most);
        var recorder = history.For(call, HistoryActions.Add, HistoryKeys.Members(groupId, userIds));
        try
        {
            if (request.JoinRequest) await JoinAsync(groupId, userIds, recorder, cancellationToken);
            else await actions.AddUsersAsync(Guid.Empty, groupId, userIds, recorder, cancellationToken);
        }
        catch (ApiException e) when (ReasonOf(e) is { } reason)
        {
            throw ConsoleGroupErrors.AddFailed(reason);
        }
        catch (GroupDisabledException)
        {
            throw ConsoleGroupErrors.AddFailed("group not found");
        }

        return new Empty();
    }

    private static string? ReasonOf(ApiException error) => error.Reason switch
    {
        GroupReasons.UsersNotFound => "user not found",
        GroupReasons.Denied or GroupReasons.NotFound => "group not found",
        GroupReasons.Full => "group is full",
        _ => null,
    };

    private static Guid[] Read(string ids) =>
        [.. ids.Split(',', StringSplitOptions.TrimEntries).Select(static id => UuidText.TryParse(id, out var userId) ? userId : throw ConsoleGroupErrors.AddBadUserId(id)).Distinct()];

    private async ValueTask JoinAsync(Guid groupId, Guid[] userIds, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        var users = (await accounts.GetUsersAsync(userIds, [], [], cancellationToken)).Users_.ToDictionary(static user => Guid.Parse(user.Id), static user => user.Username);
        foreach (var id in userIds)
        {
            if (!users.ContainsKey(id)) throw ConsoleGroupErrors.AddUserNotFound(id);
        }

        await actions.JoinAllAsync(groupId, Array.ConvertAll(userIds, id => (id, users[id])), recorder, cancellationToken);
    }

    private async ValueTask<Empty> MoveAsync(
        ApiCall call, UpdateGroupUserStateRequest request, string action, Func<Guid, Guid, IChangeRecorder?, CancellationToken, ValueTask<bool>> move,
        Func<ApiException> impossible, Func<ApiException> failed, CancellationToken cancellationToken)
    {
        var (userId, groupId) = (ConsoleAccountsApi.Id(request.Id), ConsoleGroupsApi.Id(request.GroupId));
        try
        {
            return await move(groupId, userId, history.For(call, action, HistoryKeys.Members(groupId, [userId])), cancellationToken) ? new Empty() : throw impossible();
        }
        catch (Exception e) when (e is GroupDisabledException or ApiException { Reason: GroupReasons.Denied or GroupReasons.Full })
        {
            throw failed();
        }
    }

    private async ValueTask<Empty> RemoveAsync(ApiCall call, DeleteGroupUserRequest request, CancellationToken cancellationToken)
    {
        var (userId, groupId) = (ConsoleAccountsApi.Id(request.Id), ConsoleGroupsApi.Id(request.GroupId));
        var recorder = history.For(call, HistoryActions.Remove, HistoryKeys.Members(groupId, [userId]));
        try
        {
            return await actions.TryRemoveAsync(groupId, userId, recorder, cancellationToken) ? new Empty() : throw ConsoleGroupErrors.RemoveFailed;
        }
        catch (Exception e) when (e is GroupDisabledException or ApiException { Reason: GroupReasons.Denied })
        {
            throw ConsoleGroupErrors.RemoveFailed;
        }
    }
}
