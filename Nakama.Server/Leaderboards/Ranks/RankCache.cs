using System.Collections.Concurrent;

namespace Nakama.Server.Leaderboards.Ranks;

/// <summary>
/// The ranks of records in memory: a table for each period of each leaderboard whose ranks are wanted. Ranks are 0 where
/// they are not.
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

    /// <summary>A record changed through this node: leaderboard, expiry, owner, score, subscore, generation.</summary>
    internal event Action<string, long, Guid, long, long, int>? RecordSet;

    /// <summary>A record was removed through this node: leaderboard, expiry, owner.</summary>
    internal event Action<string, long, Guid>? RecordRemoved;

    /// <summary>An owner was removed everywhere through this node.</summary>
    internal event Action<Guid>? OwnerRemoved;

    /// <summary>Whether ranks of a leaderboard are kept.</summary>
    public bool Keeps(Leaderboard board) => board.AreRanksEnabled && !_isOff && !_excluded.Contains(board.Id);

    /// <summary>Notes the state of a record and returns its rank.</summary>
    /// <param name="generation">Grows with every change of the record; an earlier state changes nothing.</param>
    public long Set(Leaderboard board, long expiry, Guid owner, long score, long subscore, int generation)
    {
        RecordSet?.Invoke(board.Id, expiry, owner, score, subscore, generation);
        return Note(board, expiry, owner, score, subscore, generation);
    }

    public long RankOf(string id, long expiry, Guid owner) => Find(id, expiry)?.RankOf(owner) ?? 0;

    /// <summary>How many records of a period have ranks.</summary>
    public long CountOf(string id, long expiry) => Find(id, expiry)?.Count ?? 0;

    /// <summary>Whose record has a rank; null when nobody's has.</summary>
    public (Guid Owner, long Score, long Subscore)? At(string id, long expiry, long rank) => Find(id, expiry)?.At(rank);

    public void Remove(string id, long expiry, Guid owner)
    {
        RecordRemoved?.Invoke(id, expiry, owner);
        NoteRemoval(id, expiry, owner);
    }

    /// <summary>Removes an owner everywhere.</summary>
    public void Remove(Guid owner)
    {
        OwnerRemoved?.Invoke(owner);
        NoteRemoval(owner);
    }

    /// <summary>As <see cref="Set"/>, for what came through another node.</summary>
    internal long Note(Leaderboard board, long expiry, Guid owner, long score, long subscore, int generation) =>
        Keeps(board) ? TableFor(board, expiry).Set(owner, score, subscore, generation) : 0;

    internal void NoteRemoval(string id, long expiry, Guid owner) => Find(id, expiry)?.Remove(owner);

    internal void NoteRemoval(Guid owner)
    {
        foreach (var (_, table) in _tables) table.Remove(owner);
    }

    /// <summary>Drops all periods of a leaderboard.</summary>
    public void Drop(string id)
    {
        foreach (var (key, _) in _tables)
        {
            if (key.Id == id) _tables.TryRemove(key, out _);
        }
    }

    /// <summary>Drops what ended by a moment, in seconds since the epoch.</summary>
    public void DropExpired(long now)
    {
        foreach (var (key, _) in _tables)
        {
            if (key.Expiry != 0 && key.Expiry <= now) _tables.TryRemove(key, out _);
        }
    }

    internal RankTable TableFor(Leaderboard board, long expiry) => _tables.GetOrAdd(
        (board.Id, expiry), static (_, board) => new RankTable(board.Sort == LeaderboardSort.Descending), board);

    private RankTable? Find(string id, long expiry) => _tables.GetValueOrDefault((id, expiry));
}
