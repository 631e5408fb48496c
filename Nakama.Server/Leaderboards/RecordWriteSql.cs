using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Leaderboards;

/// <summary>The parts of statements that put a score into a record, for each operator and order.</summary>
internal static class RecordWriteSql
{
    /// <summary>With the parameters of <see cref="Add"/>; the row conflicts by owner, leaderboard and period.</summary>
    public const string Insert = """
        INSERT INTO leaderboard_record AS r (leaderboard_id, owner_id, expiry_time, username, score, subscore, metadata)
        VALUES ($1, $2, $3, $4, $5, $6, COALESCE($7, '{}'))
        """;

    private const string Shared = """
        num_score = r.num_score + 1, metadata = COALESCE($7, r.metadata), username = COALESCE($4, r.username), update_time = now()
        """;

    private const string AnyScore = "$5::BIGINT <> 0 OR $6::BIGINT <> 0";

    /// <summary>What an update sets, where the record is <c>r</c>.</summary>
    public static string Update(LeaderboardOperator @operator, LeaderboardSort sort) => @operator switch
    {
        LeaderboardOperator.Best when sort == LeaderboardSort.Descending =>
            $"score = GREATEST(r.score, $5), subscore = GREATEST(r.subscore, $6), {Shared}",
        LeaderboardOperator.Best => $"score = LEAST(r.score, $5), subscore = LEAST(r.subscore, $6), {Shared}",
        LeaderboardOperator.Set => $"score = $5, subscore = $6, {Shared}",
        LeaderboardOperator.Increment => $"score = r.score + $5, subscore = r.subscore + $6, {Shared}",
        // A first decrement stores zeros, so what a further one subtracts comes apart from that.
        _ => $"score = GREATEST(r.score - $8, 0), subscore = GREATEST(r.subscore - $9, 0), {Shared}",
    };

    /// <summary>When an update changes something.</summary>
    public static string Condition(LeaderboardOperator @operator, LeaderboardSort sort) => @operator switch
    {
        LeaderboardOperator.Best when sort == LeaderboardSort.Descending => "r.score < $5 OR r.subscore < $6",
        LeaderboardOperator.Best => "r.score > $5 OR r.subscore > $6",
        LeaderboardOperator.Set => "r.score <> $5 OR r.subscore <> $6",
        LeaderboardOperator.Increment => AnyScore,
        _ => AnyScore.Replace("$5", "$8", StringComparison.Ordinal).Replace("$6", "$9", StringComparison.Ordinal),
    };

    /// <summary>One statement for each operator and order.</summary>
    public static string[] ForAll(Func<LeaderboardOperator, LeaderboardSort, string> make) =>
        [.. from sort in Enum.GetValues<LeaderboardSort>() from @operator in Enum.GetValues<LeaderboardOperator>() select make(@operator, sort)];

    /// <summary>The one made for an operator and order.</summary>
    public static string Of(string[] statements, LeaderboardOperator @operator, LeaderboardSort sort) =>
        statements[(int)sort * 4 + (int)@operator];

    /// <summary>Adds <c>$1</c> to <c>$9</c>: the record, what a first score stores, and the score that a decrement subtracts.</summary>
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
