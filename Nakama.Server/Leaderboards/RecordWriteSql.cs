using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Leaderboards;

/// <summary>The parts of statements that write a score, for each operator and sort order.</summary>
internal static class RecordWriteSql
{
    /// <summary>Uses the parameters of <see cref="Add"/>; the row conflicts on owner, leaderboard and period.</summary>
    public const string Insert = """
        INSERT INTO leaderboard_record AS r (leaderboard_id, owner_id, expiry_time, username, score, subscore, metadata)
        VALUES ($1, $2, $3, $4, $5, $6, COALESCE($7, '{}'))
        """;

    private const string Shared = """
        num_score = r.num_score + 1, metadata = COALESCE($7, r.metadata), username = COALESCE($4, r.username), update_time = now()
        """;

    private const string AnyScore = "$5::BIGINT <> 0 OR $6::BIGINT <> 0";

    /// <summary>The SET clause of an update, where the record is <c>r</c>.</summary>
    public static string Update(LeaderboardOperator @operator, LeaderboardSort sort) => @operator switch
    {
        LeaderboardOperator.Best when sort == LeaderboardSort.Descending =>
            $"score = GREATEST(r.score, $5), subscore = GREATEST(r.subscore, $6), {Shared}",
        LeaderboardOperator.Best => $"score = LEAST(r.score, $5), subscore = LEAST(r.subscore, $6), {Shared}",
        LeaderboardOperator.Set => $"score = $5, subscore = $6, {Shared}",
        LeaderboardOperator.Increment => $"score = r.score + $5, subscore = r.subscore + $6, {Shared}",
        // A first decrement stores zeros, so the amount that a further one subtracts is a separate parameter.
        _ => $"score = GREATEST(r.score - $8, 0), subscore = GREATEST(r.subscore - $9, 0), {Shared}",
    };

    /// <summary>The condition under which an update changes something.</summary>
    public static string Condition(LeaderboardOperator @operator, LeaderboardSort sort) => @operator switch
    {
        LeaderboardOperator.Best when sort == LeaderboardSort.Descending => "r.score < $5 OR r.subscore < $6",
        LeaderboardOperator.Best => "r.score > $5 OR r.subscore > $6",
        LeaderboardOperator.Set => "r.score <> $5 OR r.subscore <> $6",
        LeaderboardOperator.Increment => AnyScore,
        _ => AnyScore.Replace("$5", "$8", StringComparison.Ordinal).Replace("$6", "$9", StringComparison.Ordinal),
    };

    /// <summary>Creates one statement for each operator and sort order.</summary>
    public static string[] ForAll(Func<LeaderboardOperator, LeaderboardSort, string> make) =>
        [.. from sort in Enum.GetValues<LeaderboardSort>() from @operator in Enum.GetValues<LeaderboardOperator>() select make(@operator, sort)];

    /// <summary>The statement for an operator and sort order.</summary>
    public static string Of(string[] statements, LeaderboardOperator @operator, LeaderboardSort sort) =>
        statements[(int)sort * 4 + (int)@operator];

    /// <summary>Adds <c>$1</c> to <c>$9</c>: the record, the values of a first score, and the amount of a decrement.</summary>
    public static void Add(NpgsqlParameterCollection parameters, string leaderboardId, long expiry, in RecordWrite write)
    {
        var isDecrement = write.Operator == LeaderboardOperator.Decrement;
        RecordStore.AddRecord(parameters, leaderboardId, write.OwnerId, expiry);
        parameters.Add(LeaderboardStore.OrNull(write.Username));
        parameters.Add(new NpgsqlParameter<long> { TypedValue = isDecrement ? 0 : write.Score });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = isDecrement ? 0 : write.Subscore });
        parameters.AddJsonb(write.Metadata.Length == 0 ? null : write.Metadata);
        parameters.Add(new NpgsqlParameter<long> { TypedValue = write.Score });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = write.Subscore });
    }
}
