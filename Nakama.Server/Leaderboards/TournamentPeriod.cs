namespace Nakama.Server.Leaderboards;

/// <summary>One round of a tournament, in seconds since the epoch.</summary>
/// <param name="StartActive">When the round starts accepting scores.</param>
/// <param name="EndActive">When the round stops accepting scores.</param>
/// <param name="Expiry">When the next round's records replace those of this round; 0 when never.</param>
public readonly record struct TournamentPeriod(long StartActive, long EndActive, long Expiry)
{
    /// <summary>The round that contains the given time, or the first future one.</summary>
    public static TournamentPeriod At(Leaderboard tournament, long now)
    {
        var (start, end, duration) = (tournament.StartTime, tournament.EndTime, tournament.Duration);
        if (tournament.ResetSchedule is not { } schedule)
            return new(start, end > 0 ? Math.Min(start + duration, end) : start + duration, end);

        long startActive;
        if (now < start) startActive = schedule.Next(start);
        else if (schedule.Next(now - 1) == now) startActive = now;
        else startActive = schedule.Last(now);
        var expiry = schedule.Next(startActive);
        var endActive = Math.Min(startActive + duration, expiry);

        if (start > endActive)
        {
            startActive = schedule.Next(start);
            expiry = schedule.Next(startActive);
            endActive = Math.Min(startActive + duration, expiry);
        }
        else if (start > startActive)
        {
            startActive = start;
        }

        if (end > 0 && expiry > end)
        {
            expiry = end;
            endActive = Math.Min(endActive, expiry);
        }

        return new(startActive, endActive, expiry);
    }
}
