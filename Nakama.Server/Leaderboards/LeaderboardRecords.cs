using Nakama.Protocol.Api;

namespace Nakama.Server.Leaderboards;

/// <summary>Submits and deletes records, and keeps their ranks.</summary>
public sealed class LeaderboardRecords(RecordStore store, RecordRanks ranks, TimeProvider time)
{
    /// <summary>
    /// Submits a score for the present period and returns the record as it is then. A score that is no improvement
    /// changes nothing.
    /// </summary>
    public async ValueTask<LeaderboardRecord> WriteAsync(Leaderboard board, RecordWrite write, CancellationToken cancellationToken)
    {
        var expiry = board.ExpiryAt(time.GetUtcNow().ToUnixTimeSeconds());
        var (row, change) = await store.WriteAsync(board.Id, board.Sort, expiry, write, cancellationToken);
        return row.ToMessage(board.Id, expiry, ranks.Written(board, expiry, row, change));
    }

    /// <summary>Deletes the owner's record of the present period, if there is one.</summary>
    public async ValueTask DeleteAsync(Leaderboard board, Guid ownerId, CancellationToken cancellationToken)
    {
        var expiry = board.ExpiryAt(time.GetUtcNow().ToUnixTimeSeconds());
        var change = await store.DeleteAsync(board.Id, ownerId, expiry, cancellationToken);
        ranks.Deleted(board.Id, expiry, ownerId, change);
    }
}
