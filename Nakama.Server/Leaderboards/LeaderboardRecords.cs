using Nakama.Protocol.Api;

namespace Nakama.Server.Leaderboards;

/// <summary>Submits and deletes records, and keeps their ranks.</summary>
public sealed class LeaderboardRecords(RecordStore store, RecordRanks ranks, TimeProvider time)
{
    /// <summary>
    /// Submits a score for the current period and returns the resulting record. A score that is not an improvement
    /// changes nothing.
    /// </summary>
    public async ValueTask<LeaderboardRecord> WriteAsync(Leaderboard board, RecordWrite write, CancellationToken cancellationToken)
    {
        var expiry = board.ExpiryAt(time.GetUtcNow().ToUnixTimeSeconds());
        var (row, change) = await store.WriteAsync(board.Id, board.Sort, expiry, write, cancellationToken);
        return row.ToMessage(board.Id, expiry, ranks.Written(board, expiry, row, change));
    }

    /// <summary>Deletes the owner's record of the current period, if it exists.</summary>
    public async ValueTask DeleteAsync(Leaderboard board, Guid ownerId, CancellationToken cancellationToken)
    {
        var expiry = board.ExpiryAt(time.GetUtcNow().ToUnixTimeSeconds());
        var change = await store.DeleteAsync(board.Id, ownerId, expiry, cancellationToken);
        ranks.Deleted(board.Id, expiry, ownerId, change);
    }
}
