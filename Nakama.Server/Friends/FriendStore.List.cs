using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Friends;

public sealed partial class FriendStore
{
    // The edge's columns come after the user's.
    private const string Edges = $"""
        SELECT {UserRow.UserColumns}, e.state, e.update_time, e.metadata, e.position
        FROM user_edge e JOIN users u ON u.id = e.destination_id
        WHERE e.source_id = $1
        """;

    private const string ListSql = Edges + " AND (e.state, e.position) >= ($2, $3) ORDER BY e.state, e.position LIMIT $4";

    private const string ListOfStateSql = Edges + " AND e.state = $2 AND e.position >= $3 ORDER BY e.state, e.position LIMIT $4";

    private const string StatusSql = Edges + " AND e.destination_id = ANY($2)";

    private const string FriendsOfFriendsSql = $"""
        SELECT {UserRow.UserColumns}, mine.destination_id
        FROM user_edge mine
        JOIN user_edge theirs ON theirs.source_id = mine.destination_id AND theirs.state = 0
        JOIN users u ON u.id = theirs.destination_id
        WHERE mine.source_id = $1 AND mine.state = 0 AND mine.destination_id >= $2
          AND (mine.destination_id, theirs.destination_id) >= ($2, $3)
          AND theirs.destination_id <> $1
          AND NOT EXISTS (
              SELECT 1 FROM user_edge known
              WHERE known.source_id = $1 AND known.destination_id = theirs.destination_id AND known.state = 0)
        ORDER BY mine.destination_id, theirs.destination_id
        LIMIT $4
        """;

    private const int StateAt = UserRow.UserColumnCount;
    private const int UpdateTimeAt = StateAt + 1;
    private const int MetadataAt = StateAt + 2;
    private const int PositionAt = StateAt + 3;

    /// <summary>A page of a user's friends, invitations and blocks, by state and then by age.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="state">Only edges of this state; null for all.</param>
    /// <param name="limit">The maximum number of results.</param>
    /// <param name="from">The start of the page.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public ValueTask<FriendList> ListAsync(Guid userId, FriendState? state, int limit, EdgeCursor from, CancellationToken cancellationToken) =>
        database.RetryAsync((userId, state, limit, from, this), static async (connection, query, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(query.state is null ? ListSql : ListOfStateSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = query.userId });
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short?)query.state ?? query.from.State });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = query.from.Position });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.limit + 1 });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var page = new FriendList();
            while (await row.ReadAsync(cancellationToken))
            {
                if (page.Friends.Count == query.limit)
                {
                    page.Cursor = new EdgeCursor(row.GetInt16(StateAt), row.GetInt64(PositionAt)).ToString();
                    break;
                }
                page.Friends.Add(query.Item5.ReadFriend(row));
            }
            return page;
        }, cancellationToken);

    /// <summary>The states of some others for a user, in no particular order; unrelated ones are left out.</summary>
    public ValueTask<List<Friend>> StatusAsync(Guid userId, IReadOnlyCollection<Guid> otherIds, CancellationToken cancellationToken) =>
        database.RetryAsync((userId, otherIds, this), static async (connection, query, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(StatusSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = query.userId });
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. query.otherIds] });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            List<Friend> found = [];
            while (await row.ReadAsync(cancellationToken)) found.Add(query.Item3.ReadFriend(row));
            return found;
        }, cancellationToken);

    /// <summary>
    /// A page of the friends of a user's friends that are not the user's own friends, once for each friend in between.
    /// </summary>
    public ValueTask<FriendsOfFriendsList> ListFriendsOfFriendsAsync(
        Guid userId, int limit, FriendOfFriendCursor from, CancellationToken cancellationToken) =>
        database.RetryAsync((userId, limit, from, presences), static async (connection, query, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(FriendsOfFriendsSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = query.userId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = query.from.FriendId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = query.from.UserId });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.limit + 1 });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var page = new FriendsOfFriendsList();
            while (await row.ReadAsync(cancellationToken))
            {
                var friendId = row.GetGuid(UserRow.UserColumnCount);
                if (page.FriendsOfFriends.Count == query.limit)
                {
                    page.Cursor = new FriendOfFriendCursor(friendId, row.GetGuid(0)).ToString();
                    break;
                }
                page.FriendsOfFriends.Add(new FriendsOfFriendsList.Types.FriendOfFriend
                {
                    Referrer = friendId.ToString(),
                    User = AccountStore.ReadUser(row, query.presences),
                });
            }
            return page;
        }, cancellationToken);

    private Friend ReadFriend(NpgsqlDataReader row)
    {
        var user = AccountStore.ReadUser(row, presences);
        // Clients of the reference server never get the edge count of a friend.
        user.EdgeCount = 0;
        return new Friend
        {
            User = user,
            State = row.GetInt16(StateAt),
            UpdateTime = new Timestamp { Seconds = new DateTimeOffset(row.GetDateTime(UpdateTimeAt)).ToUnixTimeSeconds() },
            Metadata = row.GetString(MetadataAt),
        };
    }
}
