namespace Nakama.Server.Leaderboards;

/// <summary>Which records a request is about.</summary>
public static class RecordPeriod
{
    /// <summary>
    /// The expiry of the records to list: the one asked for, or for 0 the present one; null when the present round of a
    /// tournament is over for good.
    /// </summary>
    public static long? ExpiryOf(Leaderboard board, long requested, long now)
    {
        if (requested != 0) return requested;
        if (!board.IsTournament) return board.ExpiryAt(now);
        var expiry = TournamentPeriod.At(board, now).Expiry;
        return expiry != 0 && expiry <= now ? null : expiry;
    }
}
