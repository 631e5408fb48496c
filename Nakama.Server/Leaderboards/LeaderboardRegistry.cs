using System.Collections.Concurrent;

namespace Nakama.Server.Leaderboards;

/// <summary>All leaderboards and tournaments, in memory; requests look them up here.</summary>
public sealed class LeaderboardRegistry
{
    private readonly ConcurrentDictionary<string, Leaderboard> _byId = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Leaderboard[]? _leaderboards;
    private Leaderboard[]? _tournaments;

    /// <summary>Raised when a leaderboard or tournament was added.</summary>
    public event Action<Leaderboard>? Added;

    public ICollection<Leaderboard> All => _byId.Values;

    /// <summary>Null when not found; the result may be a tournament.</summary>
    public Leaderboard? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Leaderboards that are not tournaments, in order of creation.</summary>
    public IReadOnlyList<Leaderboard> Leaderboards
    {
        get
        {
            lock (_gate)
            {
                return _leaderboards ??= [.. _byId.Values.Where(static board => !board.IsTournament)
                    .OrderBy(static board => board.CreatedAt).ThenBy(static board => board.Id, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>
    /// Tournaments by start, then descending by end, then by category and id. A tournament without an end sorts as having the
    /// earliest one.
    /// </summary>
    public IReadOnlyList<Leaderboard> Tournaments
    {
        get
        {
            lock (_gate)
            {
                return _tournaments ??= [.. _byId.Values.Where(static board => board.IsTournament)
                    .OrderBy(static board => board.StartTime).ThenByDescending(static board => board.EndTime)
                    .ThenBy(static board => board.Category).ThenBy(static board => board.Id, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Returns false and the existing one when the id is taken.</summary>
    internal bool TryAdd(Leaderboard board, out Leaderboard present)
    {
        present = _byId.GetOrAdd(board.Id, board);
        if (!ReferenceEquals(present, board)) return false;
        Forget();
        Added?.Invoke(board);
        return true;
    }

    internal void Replace(Leaderboard board)
    {
        if (_byId.TryGetValue(board.Id, out var present)) _byId.TryUpdate(board.Id, board, present);
        Forget();
    }

    internal Leaderboard? Remove(string id)
    {
        var isRemoved = _byId.TryRemove(id, out var board);
        if (isRemoved) Forget();
        return board;
    }

    private void Forget()
    {
        lock (_gate) (_leaderboards, _tournaments) = (null, null);
    }
}
