using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Friends;

/// <summary>The edges between a user and some others, locked against concurrent changes.</summary>
/// <remarks>
/// A change to edges first locks the users at both ends, in the order of their ids. So two changes that have a user in
/// common run one after the other without deadlock, and what is read here holds until the transaction ends.
/// </remarks>
internal sealed class FriendPairs
{
    private const string LockSql = """
        SELECT id FROM users WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE
        """;

    private const string EdgesSql = """
        SELECT source_id, destination_id, state FROM user_edge
        WHERE (source_id = $1 AND destination_id = ANY($2)) OR (destination_id = $1 AND source_id = ANY($2))
        """;

    private const string CheckMetadataSql = "SELECT jsonb_typeof($1)";

    private const string CountSql = """
        UPDATE users SET edge_count = GREATEST(edge_count + $2, 0), update_time = now() WHERE id = ANY($1)
        """;

    private readonly Dictionary<Guid, FriendPair> _others = [];

    private FriendPairs()
    {
    }

    /// <summary>Whether the user whose edges change still exists.</summary>
    public bool IsUserThere { get; private set; }

    /// <summary>The others that exist.</summary>
    public IReadOnlyDictionary<Guid, FriendPair> Others => _others;

    /// <summary>Locks and reads. Metadata that is not JSON fails here, even where it is not needed.</summary>
    public static async ValueTask<FriendPairs> LockAsync(
        NpgsqlConnection connection, Guid userId, Guid[] otherIds, string? metadata, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        var locking = batch.Add(LockSql);
        locking.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [userId, .. otherIds] });
        var edges = batch.Add(EdgesSql);
        edges.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        edges.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = otherIds });
        if (metadata is not null) batch.Add(CheckMetadataSql).Parameters.AddJsonb(metadata);

        var pairs = new FriendPairs();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            if (id == userId) pairs.IsUserThere = true;
            else pairs._others.Add(id, default);
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (source, destination, state) = (reader.GetGuid(0), reader.GetGuid(1), (FriendState)reader.GetInt16(2));
            var otherId = source == userId ? destination : source;
            if (!pairs._others.TryGetValue(otherId, out var pair)) continue;
            pairs._others[otherId] = source == userId ? pair with { Mine = state } : pair with { Theirs = state };
        }

        // A failure in an unread result would go unnoticed.
        while (await reader.NextResultAsync(cancellationToken)) await reader.ReadAsync(cancellationToken);
        return pairs;
    }

    /// <summary>Adds to the edge counts of users; never below zero, as existing counts may be wrong.</summary>
    public static void Count(NpgsqlBatch batch, Guid[] userIds, int difference)
    {
        if (userIds.Length == 0 || difference == 0) return;
        var command = batch.Add(CountSql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = userIds });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = difference });
    }
}
