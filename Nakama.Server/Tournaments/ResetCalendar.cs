using Nakama.Server.Leaderboards;

namespace Nakama.Server.Tournaments;

/// <summary>
/// The next instant of each leaderboard and tournament, in a heap ordered by time. Each instant is returned exactly once.
/// Thread-safe.
/// </summary>
internal sealed class ResetCalendar(LeaderboardRegistry registry)
{
    // After a longer pause, such as a suspended machine, missed instants are lost.
    private const long MostCatchUpSec = 60;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<string, long> _heap = new();

    // Heap entries without a match here belong to something that was deleted or recreated.
    private readonly Dictionary<string, long> _next = new(StringComparer.Ordinal);

    /// <summary>The earliest instant, in seconds since the epoch, or null.</summary>
    public long? Next
    {
        get
        {
            lock (_gate) return _heap.TryPeek(out _, out var at) ? at : null;
        }
    }

    /// <summary>Schedules the first instant of a leaderboard after a time.</summary>
    public void Add(Leaderboard board, long after)
    {
        lock (_gate) Schedule(board, after);
    }

    /// <summary>Removes and returns the earliest turn that is due; null when none is.</summary>
    public ResetTurn? TakeDue(long now)
    {
        lock (_gate)
        {
            while (_heap.TryPeek(out var id, out var at) && at <= now)
            {
                _heap.Dequeue();
                if (!_next.TryGetValue(id, out var planned) || planned != at) continue;
                _next.Remove(id);
                if (registry.Find(id) is not { } board) continue;
                Schedule(board, now - at > MostCatchUpSec ? now : at);
                if (!board.IsTournament) return new(board, at, IsEnd: false, IsReset: true);
                var period = TournamentPeriod.At(board, at - 1);
                return new(board, at, IsEnd: period.EndActive == at, IsReset: period.Expiry == at);
            }

            return null;
        }
    }

    private void Schedule(Leaderboard board, long after)
    {
        if (NextOf(board, after) is not { } at) return;
        _next[board.Id] = at;
        _heap.Enqueue(board.Id, at);
    }

    private static long? NextOf(Leaderboard board, long after)
    {
        if (!board.IsTournament) return board.ExpiryAt(after) is > 0 and var reset ? reset : null;
        if (board.EndTime > 0 && board.EndTime < after) return null;
        var period = TournamentPeriod.At(board, after);
        return (period.EndActive > after, period.Expiry > after) switch
        {
            (true, true) => Math.Min(period.EndActive, period.Expiry),
            (true, false) => period.EndActive,
            (false, true) => period.Expiry,
            _ => null,
        };
    }
}
