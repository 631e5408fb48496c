namespace Nakama.Server.Leaderboards;

/// <summary>Determines which period a request refers to.</summary>
public static class RecordPeriod
{
    /// <summary>
    /// The expiry of the records to list: the requested one, or for 0 the current one; null when the tournament's last
    /// round is over.
    /// </summary>
    public static long? ExpiryOf(Leaderboard board, long requested, long now)
    {
        if (requested != 0) return requested;
        if (!board.IsTournament) return board.ExpiryAt(now);
        var expiry = TournamentPeriod.At(board, now).Expiry;
        return expiry != 0 && expiry <= now ? null : expiry;
    }
}
