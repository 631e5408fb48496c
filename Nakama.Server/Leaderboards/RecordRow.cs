using Nakama.Protocol.Api;
using Npgsql;

namespace Nakama.Server.Leaderboards;

/// <summary>A record as stored in the database.</summary>
public readonly record struct RecordRow(
    Guid OwnerId, string? Username, long Score, long Subscore, int NumScore, int MaxNumScore, string Metadata,
    DateTime CreatedAt, DateTime UpdatedAt)
{
    /// <summary>The columns that <see cref="Read"/> expects, of the table or of a row source with the same columns.</summary>
    internal const string Columns =
        "owner_id, username, score, subscore, num_score, max_num_score, metadata, create_time, update_time";

    internal static RecordRow Read(NpgsqlDataReader row, int first = 0) => new(
        row.GetGuid(first),
        row.IsDBNull(first + 1) ? null : row.GetString(first + 1),
        row.GetInt64(first + 2),
        row.GetInt64(first + 3),
        row.GetInt32(first + 4),
        row.GetInt32(first + 5),
        row.GetString(first + 6),
        row.GetDateTime(first + 7),
        row.GetDateTime(first + 8));

    internal LeaderboardRecord ToMessage(string leaderboardId, long expiry, long rank) => new()
    {
        LeaderboardId = leaderboardId,
        OwnerId = OwnerId.ToString(),
        Username = Username,
        Score = Score,
        Subscore = Subscore,
        NumScore = NumScore,
        MaxNumScore = (uint)MaxNumScore,
        Metadata = Metadata,
        CreateTime = RecordTime.Stamp(CreatedAt),
        UpdateTime = RecordTime.Stamp(UpdatedAt),
        ExpiryTime = expiry == 0 ? null : new() { Seconds = expiry },
        Rank = rank,
    };
}
