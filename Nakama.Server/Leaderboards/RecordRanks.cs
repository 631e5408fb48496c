using Nakama.Server.Leaderboards.Ranks;

namespace Nakama.Server.Leaderboards;

/// <summary>Keeps the ranks in memory consistent with the records in the database, in whatever order changes arrive.</summary>
public sealed class RecordRanks(RankCache ranks, LeaderboardRegistry registry)
{
    /// <summary>Applies a submitted score and returns the record's rank.</summary>
    /// <param name="board">The definition at the time the record was written.</param>
    /// <param name="expiry">The period.</param>
    /// <param name="row">The record after the change.</param>
    /// <param name="change">The number of the change; 0 when there was none.</param>
    public long Written(Leaderboard board, long expiry, in RecordRow row, long change) => change == 0
        ? ranks.RankOf(board.Id, expiry, row.OwnerId)
        : Set(board, expiry, row.OwnerId, row.Score, row.Subscore, change);

    /// <summary>Applies the record of an owner that joined a tournament and has no score yet.</summary>
    public void Joined(Leaderboard tournament, long expiry, Guid ownerId, long change) => Set(tournament, expiry, ownerId, 0, 0, change);

    /// <summary>Applies the deletion of a record; does nothing without a change.</summary>
    public void Deleted(string leaderboardId, long expiry, Guid ownerId, long change)
    {
        // There are no ranks for a leaderboard that is not in memory.
        if (change > 0 && registry.Find(leaderboardId) is { } board) ranks.Remove(board, expiry, ownerId, change);
    }

    private long Set(Leaderboard board, long expiry, Guid ownerId, long score, long subscore, long change)
    {
        var rank = ranks.Set(board, expiry, ownerId, score, subscore, change);
        // The leaderboard may have been deleted and even recreated in the meantime; its ranks were dropped before this change.
        if (registry.Find(board.Id) is { } present && present.CreatedAt == board.CreatedAt && ranks.Keeps(present)) return rank;
        ranks.Withdraw(board, expiry, ownerId, change);
        return 0;
    }
}
