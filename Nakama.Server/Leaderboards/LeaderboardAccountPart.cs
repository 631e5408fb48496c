using Nakama.Server.Accounts;
using Nakama.Server.Leaderboards.Ranks;
using Npgsql;

namespace Nakama.Server.Leaderboards;

/// <summary>An account's records, of all periods, and their ranks.</summary>
internal sealed class LeaderboardAccountPart(RankCache ranks) : IAccountPart
{
    public ValueTask EraseAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken) =>
        RecordStore.EraseAsync(connection, userId, cancellationToken);

    public void Erased(Guid userId) => ranks.Remove(userId);
}
