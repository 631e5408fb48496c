using Nakama.Server.Database;
using Nakama.Server.Notifications;
using Npgsql;

namespace Nakama.Server.Friends;

/// <summary>Makes users friends that know each other on another platform.</summary>
public sealed class FriendImport(NpgsqlDataSource database, EdgePositions positions, NotificationSender notifications)
{
    private const string RelatedSql = """
        SELECT destination_id FROM user_edge WHERE source_id = $1 AND state <> 3
        UNION
        SELECT source_id FROM user_edge WHERE destination_id = $1 AND state <> 3
        """;

    private const string ResetSql = """
        DELETE FROM user_edge
        WHERE state <> 3 AND ((source_id = $1 AND destination_id = ANY($2)) OR (destination_id = $1 AND source_id = ANY($2)))
        """;

    private const string AcceptSql = """
        UPDATE user_edge SET state = 0, update_time = now(), metadata = metadata || $3
        WHERE (source_id = $1 AND destination_id = ANY($2)) OR (destination_id = $1 AND source_id = ANY($2))
        """;

    private const string BefriendSql = """
        INSERT INTO user_edge (source_id, destination_id, state, position, metadata)
        SELECT $1, i.id, 0, i.position, $4 FROM unnest($2, $3) AS i (id, position)
        UNION ALL
        SELECT i.id, $1, 0, i.position, $4 FROM unnest($2, $3) AS i (id, position)
        """;

    /// <summary>
    /// Makes a user a friend of others in one transaction and notifies those others. Pairs with a block or an existing
    /// friendship stay unchanged; unknown ids are skipped.
    /// </summary>
    /// <param name="userId">The user that imports.</param>
    /// <param name="username">The name shown in the notifications.</param>
    /// <param name="provider">The platform of the import: stored with both edges.</param>
    /// <param name="friendIds">The users of this server that were found by their ids on the platform.</param>
    /// <param name="reset">Whether all existing friendships and invitations are removed first. Blocks are kept.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The new friends.</returns>
    public async ValueTask<IReadOnlyList<Guid>> ImportAsync(
        Guid userId, string username, string provider, IReadOnlyCollection<Guid> friendIds, bool reset, CancellationToken cancellationToken)
    {
        if (friendIds.Count == 0 && !reset) return [];
        Guid[] others = [.. friendIds.Where(id => id != userId && id != Guid.Empty).Distinct()];
        var metadata = NotificationContent.Of(("provider", provider));
        var befriended = await database.InTransactionAsync(
            (connection, token) => ImportAsync(connection, userId, others, metadata, reset, token), cancellationToken);

        if (befriended.Count > 0)
        {
            // Notifications of a committed change are sent even if the caller has cancelled.
            var content = NotificationContent.Of(("username", username));
            await notifications.SendAsync(
                [.. befriended.Select(id => new NotificationRequest(
                    id, "Your friend has just joined the game", content, NotificationCode.FriendJoinedGame, userId, IsPersistent: true))],
                CancellationToken.None);
        }
        return befriended;
    }

    private async ValueTask<List<Guid>> ImportAsync(
        NpgsqlConnection connection, Guid userId, Guid[] others, string metadata, bool reset, CancellationToken cancellationToken)
    {
        Guid[] related = reset ? [.. await RelatedAsync(connection, userId, cancellationToken)] : [];
        var pairs = await FriendPairs.LockAsync(connection, userId, [.. others.Union(related)], metadata: null, cancellationToken);
        List<Guid> befriended = [], accepted = [];
        if (!pairs.IsUserThere) return befriended;

        await using var batch = connection.CreateBatch();
        if (reset) Reset(batch, userId, pairs);
        foreach (var id in others)
        {
            if (!pairs.Others.TryGetValue(id, out var pair)) continue;
            if (pair.Mine == FriendState.Blocked || pair.Theirs == FriendState.Blocked) continue;
            if (reset || pair is { Mine: null, Theirs: null }) befriended.Add(id);
            else if (pair is { Mine: FriendState.InviteSent or FriendState.InviteReceived, Theirs: not null }) accepted.Add(id);
        }

        if (accepted.Count > 0) Add(batch, AcceptSql, userId, [.. accepted]).AddJsonb(metadata);
        if (befriended.Count > 0)
        {
            var parameters = Add(batch, BefriendSql, userId, [.. befriended]);
            parameters.Add(new NpgsqlParameter<long[]> { TypedValue = positions.Next(befriended.Count) });
            parameters.AddJsonb(metadata);
            FriendPairs.Count(batch, [userId], befriended.Count);
            FriendPairs.Count(batch, [.. befriended], 1);
        }

        await batch.RunAsync(cancellationToken);
        befriended.AddRange(accepted);
        return befriended;
    }

    private static void Reset(NpgsqlBatch batch, Guid userId, FriendPairs pairs)
    {
        Guid[] mine = [.. pairs.Others.Where(static other => other.Value.Mine is not null and not FriendState.Blocked).Select(static other => other.Key)];
        Guid[] theirs = [.. pairs.Others.Where(static other => other.Value.LosesTheirs).Select(static other => other.Key)];
        if (mine.Length == 0 && theirs.Length == 0) return;
        Add(batch, ResetSql, userId, [.. mine.Union(theirs)]);
        FriendPairs.Count(batch, [userId], -mine.Length);
        FriendPairs.Count(batch, theirs, -1);
    }

    private static async ValueTask<List<Guid>> RelatedAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(RelatedSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Guid> related = [];
        while (await reader.ReadAsync(cancellationToken)) related.Add(reader.GetGuid(0));
        return related;
    }

    private static NpgsqlParameterCollection Add(NpgsqlBatch batch, string sql, Guid userId, Guid[] otherIds)
    {
        var parameters = batch.Add(sql).Parameters;
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = otherIds });
        return parameters;
    }
}
