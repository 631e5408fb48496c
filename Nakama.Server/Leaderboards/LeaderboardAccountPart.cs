using Nakama.Server.Accounts;
using Npgsql;

namespace Nakama.Server.Leaderboards;

/// <summary>An account's records, of all periods, and their ranks.</summary>
internal sealed class LeaderboardAccountPart(RecordRanks ranks) : IAccountPart
{
    public async ValueTask<Action?> EraseAsync(NpgsqlConnection connection, Guid userId, bool isForgotten, CancellationToken cancellationToken)
    {
        var erased = await RecordStore.EraseAsync(connection, userId, cancellationToken);
        return () =>
        {
            foreach (var (leaderboardId, expiry, change) in erased) ranks.Deleted(leaderboardId, expiry, userId, change);
        };
    }
}
