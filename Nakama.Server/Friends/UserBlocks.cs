using Npgsql;

namespace Nakama.Server.Friends;

/// <summary>Checks whether a user has blocked another.</summary>
public sealed class UserBlocks(NpgsqlDataSource database)
{
    // State 3 of an edge is a block by its source.
    private const string AcceptsSql = """
        SELECT EXISTS (SELECT 1 FROM users WHERE id = $1)
           AND NOT EXISTS (SELECT 1 FROM user_edge WHERE source_id = $1 AND destination_id = $2 AND state = 3)
        """;

    /// <summary>Whether a user exists and has not blocked the other.</summary>
    public async ValueTask<bool> AcceptsAsync(Guid userId, Guid otherId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(AcceptsSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = otherId });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
