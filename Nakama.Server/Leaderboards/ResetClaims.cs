using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Leaderboards;

/// <summary>
/// Decides which of several nodes on one database processes an end or a reset: the node that first records the instant in
/// the leaderboard's row of the settings table. The schema is that of the reference server and has no better place.
/// </summary>
internal sealed class ResetClaims
{
    /// <summary>The prefix of the names of these rows; no setting uses it.</summary>
    internal const string Prefix = "reset/";

    /// <summary>Deletes a leaderboard's row; to be placed before the statement that deletes the definition.</summary>
    internal const string WithForgotten = "WITH forgotten AS (DELETE FROM setting WHERE name = $2 RETURNING name)";

    // The same process can claim the same instant again, in case it did not learn the result of its first claim.
    private const string TakeSql = """
        INSERT INTO setting (name, value)
        SELECT $2, $3 FROM leaderboard WHERE id = $1
        ON CONFLICT (name) DO UPDATE SET value = $3, update_time = now()
        WHERE CAST(setting.value ->> 'at' AS BIGINT) < $4 OR setting.value = $3
        """;

    private readonly string _process = Guid.NewGuid().ToString("N");

    /// <summary>
    /// Claims an instant of a leaderboard or tournament, in the caller's transaction. Returns false when another node has
    /// claimed it or a later one, or when the leaderboard no longer exists.
    /// </summary>
    /// <param name="at">Seconds since the epoch.</param>
    public async ValueTask<bool> TakeAsync(NpgsqlConnection connection, string id, long at, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(TakeSql);
        command.Parameters.AddText(id);
        command.Parameters.Add(Name(id));
        var value = string.Create(CultureInfo.InvariantCulture, $$"""{"at": {{at}}, "by": "{{_process}}"}""");
        command.Parameters.AddJsonb(value);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = at });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>The name of a leaderboard's row; derived, because ids may be longer than names.</summary>
    internal static NpgsqlParameter Name(string id) =>
        TextParameters.Text(Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16)));
}
