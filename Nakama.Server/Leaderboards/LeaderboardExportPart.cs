using Nakama.Server.Accounts;
using Npgsql;

namespace Nakama.Server.Leaderboards;

/// <summary>The records of an account that is exported, of all leaderboards and periods, without their ranks.</summary>
internal sealed class LeaderboardExportPart : IAccountExportPart
{
    private const string ExportSql = $"""
        SELECT {RecordRow.Columns}, leaderboard_id, expiry_time FROM leaderboard_record
        WHERE owner_id = $1 ORDER BY leaderboard_id, expiry_time
        """;

    private const int LeaderboardAt = 9;

    public async ValueTask ExportAsync(NpgsqlConnection connection, Guid userId, AccountExportWriter writer, CancellationToken cancellationToken)
    {
        if (userId == Guid.Empty) return;
        await using var command = new NpgsqlCommand(ExportSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var expiry = RecordTime.Seconds(row.GetDateTime(LeaderboardAt + 1));
            writer.Add(writer.Export.LeaderboardRecords, RecordRow.Read(row).ToMessage(row.GetString(LeaderboardAt), expiry, rank: 0));
        }
    }
}
