using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Security;

/// <summary>The table of revocations, which keeps them across restarts of the node.</summary>
public sealed class RevocationStore(NpgsqlDataSource database)
{
    private const string TableSql = """
        CREATE TABLE IF NOT EXISTS nakama_net.revocation (
            user_id  UUID     NOT NULL,
            kind     SMALLINT NOT NULL,
            token_id TEXT     NOT NULL,
            at_sec   BIGINT   NOT NULL,
            PRIMARY KEY (user_id, kind, token_id))
        """;

    private const string SaveSql = """
        INSERT INTO nakama_net.revocation (user_id, kind, token_id, at_sec)
        SELECT DISTINCT revoked.user_id, $2::SMALLINT, $3::TEXT, $4::BIGINT FROM unnest($1::UUID[]) AS revoked (user_id)
        ON CONFLICT (user_id, kind, token_id) DO UPDATE SET at_sec = GREATEST(revocation.at_sec, excluded.at_sec)
        """;

    private const string LiftSql = """
        WITH lifted AS (
            DELETE FROM nakama_net.revocation WHERE user_id = ANY($1) AND kind = 3 RETURNING user_id, at_sec)
        INSERT INTO nakama_net.revocation (user_id, kind, token_id, at_sec)
        SELECT user_id, 0::SMALLINT, '', at_sec FROM lifted
        ON CONFLICT (user_id, kind, token_id) DO UPDATE SET at_sec = GREATEST(revocation.at_sec, excluded.at_sec)
        """;

    private const string ReadSql = "SELECT user_id, kind, token_id, at_sec FROM nakama_net.revocation WHERE kind = ANY($1)";

    private const string DeleteSql = """
        DELETE FROM nakama_net.revocation
        WHERE (kind IN (1, 2, 4) AND at_sec <= $1) OR (kind IN (0, 3) AND at_sec < $2) OR (kind = 5 AND at_sec < $3)
        """;

    public Task EnsureAsync(CancellationToken cancellationToken) =>
        OwnTables.EnsureAsync(database, "revocation", TableSql, cancellationToken);

    /// <summary>Stores revocations of users; a later time replaces an earlier one.</summary>
    public async ValueTask SaveAsync(
        IReadOnlyCollection<Guid> userIds, RevocationKind kind, string tokenId, long second, CancellationToken cancellationToken) =>
        await database.RetryAsync((userIds, kind, tokenId, second), static async (connection, state, cancellationToken) =>
        {
            await using var command = new NpgsqlCommand(SaveSql, connection);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. state.userIds] });
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)state.kind });
            command.Parameters.AddText(state.tokenId);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.second });
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    /// <summary>Converts bans into revocations of what was issued before.</summary>
    public async ValueTask LiftBansAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        await database.RetryAsync(userIds, static async (connection, userIds, cancellationToken) =>
        {
            await using var command = new NpgsqlCommand(LiftSql, connection);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. userIds] });
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    /// <summary>Passes on all revocations of the given kinds: user, kind, token, second.</summary>
    public async Task ReadAsync(
        IReadOnlyCollection<RevocationKind> kinds, Action<Guid, RevocationKind, string, long> take, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ReadSql);
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. kinds.Select(static kind => (short)kind)] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            take(reader.GetGuid(0), (RevocationKind)reader.GetInt16(1), reader.GetString(2), reader.GetInt64(3));
    }

    /// <summary>Deletes revocations that no longer have an effect.</summary>
    /// <param name="now">Single logins that end by then are deleted.</param>
    /// <param name="oldest">Revocations of all tokens of a player before then are deleted.</param>
    /// <param name="oldestOperator">Revocations of all tokens of an operator before then are deleted.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task DeleteAsync(long now, long oldest, long oldestOperator, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DeleteSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = oldest });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = oldestOperator });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
