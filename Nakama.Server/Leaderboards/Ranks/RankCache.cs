using System.Collections.Concurrent;

namespace Nakama.Server.Leaderboards.Ranks;

/// <summary>
/// The ranks of records in memory: one table per period for each leaderboard with ranks enabled. Otherwise ranks
/// are 0.
/// </summary>
public sealed class RankCache
{
    private readonly ConcurrentDictionary<(string Id, long Expiry), RankTable> _tables = new();
    private readonly HashSet<string> _excluded;
    private readonly bool _isOff;

    public RankCache(LeaderboardOptions options)
    {
        _isOff = options.BlacklistRankCache is ["*"];
        _excluded = [.. options.BlacklistRankCache];
    }

    /// <summary>A record changed through this node: leaderboard, expiry, owner, score, subscore, number of the change.</summary>
    internal event Action<string, long, Guid, long, long, long>? RecordSet;

    /// <summary>A record was removed through this node: leaderboard, expiry, owner, number of the change.</summary>
    internal event Action<string, long, Guid, long>? RecordRemoved;

    /// <summary>Whether ranks of a leaderboard are kept.</summary>
    public bool Keeps(Leaderboard board) => board.AreRanksEnabled && !_isOff && !_excluded.Contains(board.Id);

    /// <summary>Applies the state of a record and returns its rank.</summary>
    /// <param name="change">Grows with every change of the record; an earlier state is ignored.</param>
    public long Set(Leaderboard board, long expiry, Guid owner, long score, long subscore, long change)
    {
        RecordSet?.Invoke(board.Id, expiry, owner, score, subscore, change);
        return Note(board, expiry, owner, score, subscore, change);
    }

    public long RankOf(string id, long expiry, Guid owner) => Find(id, expiry)?.RankOf(owner) ?? 0;

    /// <summary>How many records of a period have ranks.</summary>
    public long CountOf(string id, long expiry) => Find(id, expiry)?.Count ?? 0;

    /// <summary>The record at a rank; null when there is none.</summary>
    public (Guid Owner, long Score, long Subscore)? At(string id, long expiry, long rank) => Find(id, expiry)?.At(rank);

    /// <summary>Applies the deletion of a record, unless a later state of it is known.</summary>
    public void Remove(Leaderboard board, long expiry, Guid owner, long change)
    {
        RecordRemoved?.Invoke(board.Id, expiry, owner, change);
        NoteRemoval(board, expiry, owner, change);
    }

    /// <summary>Reverts a change, unless a later one is known.</summary>
    public void Withdraw(Leaderboard board, long expiry, Guid owner, long change)
    {
        RecordRemoved?.Invoke(board.Id, expiry, owner, change);
        Find(board.Id, expiry)?.Remove(owner, change);
    }

    /// <summary>Same as <see cref="Set"/>, for a change made through another node.</summary>
    internal long Note(Leaderboard board, long expiry, Guid owner, long score, long subscore, long change) =>
        Keeps(board) ? TableFor(board, expiry).Set(owner, score, subscore, change) : 0;

    /// <summary>Same as <see cref="Remove"/>, for a change made through another node.</summary>
    internal void NoteRemoval(Leaderboard board, long expiry, Guid owner, long change)
    {
        if (Keeps(board)) TableFor(board, expiry).Remove(owner, change);
    }

    /// <summary>The expiries of the periods of a leaderboard that have ranks.</summary>
    internal IReadOnlyList<long> PeriodsOf(string id) => [.. _tables.Keys.Where(key => key.Id == id).Select(static key => key.Expiry)];

    /// <summary>
    /// Builds the ranks of a period anew while the present ones are used and changed; changes since the beginning are part of the new ones.
    /// </summary>
    /// <param name="fillAsync">Adds the rows of the database to the new table.</param>
    internal async ValueTask RebuildAsync(string id, long expiry, Func<RankTable, ValueTask> fillAsync)
    {
        if (Find(id, expiry) is not { } table) return;
        var successor = table.BeginSuccessor();
        await fillAsync(successor);
        table.CompleteSuccessor();
        // It is no longer there if the leaderboard was deleted.
        _tables.TryUpdate((id, expiry), successor, table);
    }

    /// <summary>Drops all periods of a leaderboard.</summary>
    public void Drop(string id)
    {
        foreach (var (key, _) in _tables)
        {
            if (key.Id == id) _tables.TryRemove(key, out _);
        }
    }

    /// <summary>Drops the periods that ended at or before a time, in seconds since the epoch.</summary>
    public void DropExpired(long now)
    {
        foreach (var (key, _) in _tables)
        {
            if (key.Expiry != 0 && key.Expiry <= now) _tables.TryRemove(key, out _);
        }
    }

    /// <summary>Forgets deletions so old that no earlier change can still arrive; call it about every hour.</summary>
    public void ForgetDeletions()
    {
        foreach (var (_, table) in _tables) table.ForgetDeletions();
    }

    internal RankTable TableFor(Leaderboard board, long expiry) => _tables.GetOrAdd(
        (board.Id, expiry), static (_, board) => new RankTable(board.Sort == LeaderboardSort.Descending), board);

    private RankTable? Find(string id, long expiry) => _tables.GetValueOrDefault((id, expiry));
}
