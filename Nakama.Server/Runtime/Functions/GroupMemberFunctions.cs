using Nakama.Protocol.Api;
using Nakama.Server.Groups;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Members of groups.</summary>
internal sealed class GroupMemberFunctions(GroupActions actions, GroupMemberLists lists) : IFunctionModule
{
    private const int DefaultLimit = 100;
    private const int MaxUsers = 10_000;
    private const int MaxGroups = 100;
    private const string BadGroup = "expects group ID to be a valid identifier";
    private const string BadUser = "expects user ID to be a valid identifier";

    private static readonly LanguageText ListFailed = "error while trying to list users in a group";
    private static readonly LanguageText ListOfUserFailed = "error while trying to list groups for a user";

    public string Name => "Members of groups";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("group_user_join", "Brings a user into an open group, or asks those who run a closed one.")
            .Id("group_id", BadGroup).Id("user_id", BadUser).Text("username", "expects username string")
            .Does((call, token) => actions.JoinAsync(call.Id(0), call.Id(1), call.Text(2), token)
                .OrFaultAsync(new("error while trying to join a group", "error trying to join group"), static e => GroupRecords.CauseOf(e, Guid.Empty)));
        functions.Function("group_user_leave", "Takes a user out of a group. The last member deletes it.")
            .Id("group_id", BadGroup).Id("user_id", BadUser).Text("username", "expects username string")
            .Does((call, token) => actions.LeaveAsync(call.Id(0), call.Id(1), call.Text(2), token)
                .OrFaultAsync(new("error while trying to leave a group", "error while trying to leave group"), static e => GroupRecords.CauseOf(e, Guid.Empty)));
        Manage(functions.Function("group_users_add", "Adds users to a group, as a user or as the system."), actions.AddUsersAsync, "add",
            new("error while trying to add users into a group", "error while trying to add users into group"));
        Manage(functions.Function("group_users_kick", "Takes users out of a group, as a user or as the system."), actions.KickUsersAsync, "kick",
            "error while trying to kick users from a group");
        Manage(functions.Function("group_users_ban", "Bans users from a group, as a user or as the system."), actions.BanUsersAsync, "ban",
            new("error while trying to add users into a group", "error while trying to ban users from group"));
        Manage(functions.Function("group_users_promote", "Raises members by one rank, as a user or as the system."), actions.PromoteUsersAsync, "promote",
            "error while trying to promote users in a group");
        Manage(functions.Function("group_users_demote", "Lowers members by one rank, as a user or as the system."), actions.DemoteUsersAsync, "demote",
            "error while trying to demote users in a group");
        functions.Function("group_users_list", "A page of a group's superadmins (0), admins (1), members (2), those who asked to join (3) or are banned (4); -1 is any state but the last.")
            .Id("group_id", BadGroup).OptionalWhole("limit", DefaultLimit).OptionalWhole("state").OptionalText("cursor", "")
            .Returns("group_users", "cursor").Does(ListUsersAsync);
        functions.Function("user_groups_list", "A page of the groups that a user is something to, by the same states.")
            .Id("user_id", BadUser).OptionalWhole("limit", DefaultLimit).OptionalWhole("state").OptionalText("cursor", "")
            .Returns("user_groups", "cursor").Does(ListGroupsAsync);
    }

    private static void Manage(
        FunctionDescription function, Func<Guid, Guid, IReadOnlyCollection<Guid>, CancellationToken, ValueTask> manage, string verb, LanguageText failure) =>
        function.Id("group_id", BadGroup).Table("user_ids").OptionalId("caller_id", "expects caller ID to be a valid identifier")
            .Does(async (call, cancellationToken) =>
            {
                var userIds = call.Ids(1, "each user id must be a valid id string");
                if (userIds.Contains(Guid.Empty)) throw call.Refuse(1, $"cannot {verb} the root user");
                if (userIds.Count == 0) return default;
                var callerId = call.IdOrNull(2) ?? Guid.Empty;
                return await manage(callerId, call.Id(0), userIds, cancellationToken).OrFaultAsync(failure, e => GroupRecords.CauseOf(e, callerId));
            });

    private async ValueTask<ScriptValue> ListUsersAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (limit, state) = (call.Limit(1, MaxUsers), call.State(2, (int)GroupState.Banned));
        var page = await lists.ListUsersAsync(call.Id(0), (GroupState?)state, limit, call.Edge(3, state, ListFailed), cancellationToken)
            .OrFaultAsync(ListFailed);
        var rows = page.GroupUsers.Select(static row =>
            ScriptValue.Of(ScriptRecord.Showing(row, static (source, _) => Show((GroupUserList.Types.GroupUser)source)))).ToList();
        return ScriptValue.Results(ScriptValue.Of(rows), PageArguments.Cursor(page.Cursor));
    }

    private async ValueTask<ScriptValue> ListGroupsAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (limit, state) = (call.Limit(1, MaxGroups), call.State(2, (int)GroupState.Banned));
        var page = await lists.ListGroupsAsync(call.Id(0), (GroupState?)state, limit, call.Edge(3, state, ListOfUserFailed), cancellationToken)
            .OrFaultAsync(ListOfUserFailed);
        var rows = page.UserGroups.Select(static row =>
            ScriptValue.Of(ScriptRecord.Showing(row, static (source, _) => Show((UserGroupList.Types.UserGroup)source)))).ToList();
        return ScriptValue.Results(ScriptValue.Of(rows), PageArguments.Cursor(page.Cursor));
    }

    private static ScriptRecord Show(GroupUserList.Types.GroupUser row) =>
        new ScriptRecord(2).Add("user", AccountRecords.Of(row.User)).Add("state", row.State ?? 0);

    private static ScriptRecord Show(UserGroupList.Types.UserGroup row) =>
        new ScriptRecord(2).Add("group", GroupRecords.Of(row.Group)).Add("state", row.State ?? 0);
}
