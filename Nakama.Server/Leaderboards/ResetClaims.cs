using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Leaderboards;

/// <summary>
/// Who of several nodes on one database does what an end or a reset asks for: the one that first notes the instant in a
/// row of the leaderboard among the settings. The schema is that of the reference server and has no better place.
/// </summary>
internal sealed class ResetClaims
{
    /// <summary>How the names of these rows begin, which no setting's does.</summary>
    internal const string Prefix = "reset/";

    /// <summary>Deletes a leaderboard's row when its definition goes; to be put before the statement that deletes that.</summary>
    internal const string WithForgotten = "WITH forgotten AS (DELETE FROM setting WHERE name = $2 RETURNING name)";

    // The same process takes the same instant again when it did not learn that it had it.
    private const string TakeSql = """
        INSERT INTO setting (name, value)
        SELECT $2, $3 FROM leaderboard WHERE id = $1
        ON CONFLICT (name) DO UPDATE SET value = $3, update_time = now()
        WHERE CAST(setting.value ->> 'at' AS BIGINT) < $4 OR setting.value = $3
        """;

    private readonly string _process = Guid.NewGuid().ToString("N");

    /// <summary>
    /// Takes an instant of a leaderboard or tournament, in the caller's transaction. False when another node has it or a
    /// later one, or when there is no such leaderboard any more.
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

    /// <summary>The name of a leaderboard's row: ids may be longer than names.</summary>
    internal static NpgsqlParameter Name(string id) =>
        TextParameters.Text(Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16)));
}
