using Nakama.Server.Database;
using Nakama.Server.Presence;
using Npgsql;

namespace Nakama.Server.Friends;

/// <summary>
/// The edges between users and the rules for changing them. Every change is one transaction for all the users involved,
/// and maintains the edge count of each user.
/// </summary>
public sealed partial class FriendStore(NpgsqlDataSource database, EdgePositions positions, PresenceTracker presences)
{
    private const string NoMetadata = "{}";

    private const string ResolveSql = """
        SELECT id FROM users WHERE username = ANY($1) AND id <> '00000000-0000-0000-0000-000000000000'
        """;

    private const string AcceptSql = """
        UPDATE user_edge SET
            state = 0, update_time = now(), metadata = CASE WHEN source_id = $1 THEN metadata || $3 ELSE metadata END
        WHERE (source_id = $1 AND destination_id = ANY($2)) OR (destination_id = $1 AND source_id = ANY($2))
        """;

    private const string InviteSql = """
        INSERT INTO user_edge (source_id, destination_id, state, position, metadata)
        SELECT $1, i.id, 1, i.position, $4 FROM unnest($2, $3) AS i (id, position)
        UNION ALL
        SELECT i.id, $1, 2, i.position, '{}' FROM unnest($2, $3) AS i (id, position)
        """;

    private const string DeleteSql = """
        DELETE FROM user_edge
        WHERE (source_id = $1 AND destination_id = ANY($2)) OR (destination_id = $1 AND source_id = ANY($2) AND state <> 3)
        """;

    private const string DeleteTheirsSql = """
        DELETE FROM user_edge WHERE destination_id = $1 AND source_id = ANY($2)
        """;

    private const string BlockSql = """
        UPDATE user_edge SET state = 3, update_time = now() WHERE source_id = $1 AND destination_id = ANY($2)
        """;

    private const string InsertBlockSql = """
        INSERT INTO user_edge (source_id, destination_id, state, position)
        SELECT $1, i.id, 3, i.position FROM unnest($2, $3) AS i (id, position)
        """;

    private const string SetMetadataSql = """
        UPDATE user_edge SET metadata = $3, update_time = now() WHERE source_id = $1 AND destination_id = $2
        """;

    /// <summary>The ids for usernames; unknown names are skipped.</summary>
    public ValueTask<List<Guid>> ResolveAsync(IReadOnlyCollection<string> usernames, CancellationToken cancellationToken) =>
        database.RetryAsync(usernames, static async (connection, usernames, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(ResolveSql);
            command.Parameters.AddTexts([.. usernames]);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            List<Guid> found = [];
            while (await reader.ReadAsync(cancellationToken)) found.Add(reader.GetGuid(0));
            return found;
        }, cancellationToken);

    /// <summary>
    /// Invites others, and accepts those that have invited the user. A user that is already related, does not exist, is blocked
    /// by or has blocked the user is left unchanged.
    /// </summary>
    /// <param name="userId">The user that adds.</param>
    /// <param name="otherIds">The users to add; not the user.</param>
    /// <param name="metadata">JSON for the user's own edges; empty for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="Errors.ApiException">The user does not exist.</exception>
    public ValueTask<FriendAdditions> AddAsync(Guid userId, Guid[] otherIds, string metadata, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (connection, token) => AddAsync(connection, userId, otherIds, metadata.Length == 0 ? null : metadata, token), cancellationToken);

    /// <summary>
    /// Ends relations of any kind, including the user's own blocks, and returns the users that lost an edge by it.
    /// </summary>
    public ValueTask<List<Guid>> DeleteAsync(Guid userId, Guid[] otherIds, CancellationToken cancellationToken) =>
        database.InTransactionAsync((connection, token) => DeleteAsync(connection, userId, otherIds, token), cancellationToken);

    /// <summary>Blocks others and ends their existing relations to the user.</summary>
    /// <exception cref="Errors.ApiException">The user does not exist.</exception>
    public ValueTask BlockAsync(Guid userId, Guid[] otherIds, CancellationToken cancellationToken) =>
        database.InTransactionAsync((connection, token) => BlockAsync(connection, userId, otherIds, token), cancellationToken);

    /// <summary>Replaces the metadata of a user's edge to another user; false when they are not related.</summary>
    public async ValueTask<bool> SetMetadataAsync(Guid userId, Guid otherId, string metadata, CancellationToken cancellationToken) =>
        await database.RetryAsync((userId, otherId, metadata), static async (connection, state, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(SetMetadataSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.userId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.otherId });
            command.Parameters.AddJsonb(state.metadata);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken) > 0;

    private async ValueTask<FriendAdditions> AddAsync(
        NpgsqlConnection connection, Guid userId, Guid[] otherIds, string? metadata, CancellationToken cancellationToken)
    {
        var pairs = await FriendPairs.LockAsync(connection, userId, otherIds, metadata, cancellationToken);
        if (!pairs.IsUserThere) throw FriendErrors.UserGone;

        List<Guid> accepted = [], invited = [];
        foreach (var id in otherIds.Distinct())
        {
            if (!pairs.Others.TryGetValue(id, out var pair)) continue;
            if (pair is { Mine: FriendState.InviteReceived, Theirs: FriendState.InviteSent }) accepted.Add(id);
            else if (pair is { Mine: null, Theirs: null }) invited.Add(id);
        }

        await using var batch = connection.CreateBatch();
        if (accepted.Count > 0)
        {
            var command = Command(batch, AcceptSql, userId, [.. accepted]);
            command.Parameters.AddJsonb(metadata ?? NoMetadata);
        }

        if (invited.Count > 0)
        {
            var command = Command(batch, InviteSql, userId, [.. invited]);
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = positions.Next(invited.Count) });
            command.Parameters.AddJsonb(metadata ?? NoMetadata);
            FriendPairs.Count(batch, [userId], invited.Count);
            FriendPairs.Count(batch, [.. invited], 1);
        }

        await batch.RunAsync(cancellationToken);
        return new FriendAdditions(invited, accepted);
    }

    private static async ValueTask<List<Guid>> DeleteAsync(
        NpgsqlConnection connection, Guid userId, Guid[] otherIds, CancellationToken cancellationToken)
    {
        var pairs = await FriendPairs.LockAsync(connection, userId, otherIds, metadata: null, cancellationToken);
        List<Guid> mine = [], theirs = [], both = [];
        foreach (var (id, pair) in pairs.Others)
        {
            if (pair.Mine is not null) mine.Add(id);
            if (pair.LosesTheirs) theirs.Add(id);
            if (pair.Mine is not null && pair.LosesTheirs) both.Add(id);
        }

        if (mine.Count == 0 && theirs.Count == 0) return both;
        await using var batch = connection.CreateBatch();
        Command(batch, DeleteSql, userId, [.. mine.Union(theirs)]);
        FriendPairs.Count(batch, [userId], -mine.Count);
        FriendPairs.Count(batch, [.. theirs], -1);
        await batch.RunAsync(cancellationToken);
        return both;
    }

    private async ValueTask BlockAsync(NpgsqlConnection connection, Guid userId, Guid[] otherIds, CancellationToken cancellationToken)
    {
        var pairs = await FriendPairs.LockAsync(connection, userId, otherIds, metadata: null, cancellationToken);
        if (!pairs.IsUserThere) throw FriendErrors.UserGone;

        List<Guid> known = [], strangers = [], losers = [];
        foreach (var id in otherIds.Distinct())
        {
            if (!pairs.Others.TryGetValue(id, out var pair)) continue;
            (pair.Mine is null ? strangers : known).Add(id);
            if (pair.LosesTheirs) losers.Add(id);
        }

        await using var batch = connection.CreateBatch();
        if (known.Count > 0) Command(batch, BlockSql, userId, [.. known]);
        if (strangers.Count > 0)
        {
            Command(batch, InsertBlockSql, userId, [.. strangers])
                .Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = positions.Next(strangers.Count) });
        }
        if (losers.Count > 0) Command(batch, DeleteTheirsSql, userId, [.. losers]);
        FriendPairs.Count(batch, [userId], strangers.Count);
        FriendPairs.Count(batch, [.. losers], -1);
        await batch.RunAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Command(NpgsqlBatch batch, string sql, Guid userId, Guid[] otherIds)
    {
        var command = batch.Add(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = otherIds });
        return command;
    }
}
