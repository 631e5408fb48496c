using Nakama.Protocol.Api;
using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Nakama.Server.Friends;
using Nakama.Server.Presence;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>Lists the members of a group and the groups of a user, by state and then by age.</summary>
public sealed class GroupMemberLists(NpgsqlDataSource database, PresenceTracker presences)
{
    private const string Users = $"""
        SELECT {UserRow.UserColumns}, e.state, e.position FROM group_edge e JOIN users u ON u.id = e.destination_id
        WHERE e.source_id = $1
        """;

    private const string Groups = $"""
        SELECT {GroupRow.Columns}, e.state, e.position FROM group_edge e JOIN groups g ON g.id = e.destination_id
        WHERE e.source_id = $1
        """;

    private const string OfAnyState = " AND (e.state, e.position) >= ($2, $3) AND e.state < 4";

    private const string OfState = " AND e.state = $2 AND e.position >= $3";

    private const string Page = " ORDER BY e.state, e.position LIMIT $4";

    /// <summary>A page of a group's users. Banned users are listed only when their state is requested.</summary>
    /// <param name="groupId">The group; an unknown one has no users.</param>
    /// <param name="state">Only users of this state; null for all.</param>
    /// <param name="limit">The maximum number of results.</param>
    /// <param name="from">The start of the page.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public ValueTask<GroupUserList> ListUsersAsync(
        Guid groupId, GroupState? state, int limit, EdgeCursor from, CancellationToken cancellationToken) =>
        database.RetryAsync((groupId, state, limit, from, presences), static async (connection, query, cancellationToken) =>
        {
            const int StateAt = UserRow.UserColumnCount;
            await using var command = connection.CreateCommand(Users + (query.state is null ? OfAnyState : OfState) + Page);
            AddPage(command.Parameters, query.groupId, query.state, query.limit, query.from);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var page = new GroupUserList();
            while (await row.ReadAsync(cancellationToken))
            {
                var edge = new EdgeCursor(row.GetInt16(StateAt), row.GetInt64(StateAt + 1));
                if (page.GroupUsers.Count == query.limit)
                {
                    page.Cursor = edge.ToString();
                    break;
                }
                page.GroupUsers.Add(new GroupUserList.Types.GroupUser { User = AccountStore.ReadUser(row, query.presences), State = edge.State });
            }
            return page;
        }, cancellationToken);

    /// <summary>A page of a user's groups, including join requests and disabled groups.</summary>
    /// <param name="userId">The user; an unknown one is in no group.</param>
    /// <param name="state">Only groups where the user has this state; null for all.</param>
    /// <param name="limit">The maximum number of results.</param>
    /// <param name="from">The start of the page.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public ValueTask<UserGroupList> ListGroupsAsync(
        Guid userId, GroupState? state, int limit, EdgeCursor from, CancellationToken cancellationToken) =>
        database.RetryAsync((userId, state, limit, from), static async (connection, query, cancellationToken) =>
        {
            const int StateAt = GroupRow.ColumnCount;
            await using var command = connection.CreateCommand(Groups + (query.state is null ? OfAnyState : OfState) + Page);
            AddPage(command.Parameters, query.userId, query.state, query.limit, query.from);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var page = new UserGroupList();
            while (await row.ReadAsync(cancellationToken))
            {
                var edge = new EdgeCursor(row.GetInt16(StateAt), row.GetInt64(StateAt + 1));
                if (page.UserGroups.Count == query.limit)
                {
                    page.Cursor = edge.ToString();
                    break;
                }
                page.UserGroups.Add(new UserGroupList.Types.UserGroup { Group = GroupRow.Read(row), State = edge.State });
            }
            return page;
        }, cancellationToken);

    private static void AddPage(NpgsqlParameterCollection parameters, Guid sourceId, GroupState? state, int limit, EdgeCursor from)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = sourceId });
        parameters.Add(new NpgsqlParameter<short> { TypedValue = (short?)state ?? from.State });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = from.Position });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
    }
}
