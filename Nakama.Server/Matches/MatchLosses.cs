namespace Nakama.Server.Matches;

/// <summary>
/// Counts and logs what matches lose because they are behind: loops that were left out, and messages that were dropped. The log
/// has at most one line of each kind a second, with the sums since the last one and the last match as an example.
/// </summary>
internal sealed class MatchLosses(MatchMetrics metrics, TimeProvider time, ILogger<MatchRegistry> log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Sum _loops;
    private Sum _messages;

    public void OnLoopsSkipped(AuthoritativeMatch match, long count)
    {
        metrics.LoopsSkipped(count);
        if (TakeDue(ref _loops, count) is { } sum) MatchLog.LoopsSkipped(log, sum, match.MatchId, match.HandlerName);
    }

    public void OnMessageDropped(AuthoritativeMatch match)
    {
        metrics.MessageDropped();
        if (TakeDue(ref _messages, 1) is { } sum) MatchLog.MessagesDropped(log, sum, match.MatchId, match.HandlerName);
    }

    /// <summary>The sum to be logged; null while the last line is too recent.</summary>
    private long? TakeDue(ref Sum sum, long count)
    {
        lock (_gate)
        {
            sum.Count += count;
            var now = time.GetTimestamp();
            if (sum.LoggedAt != 0 && time.GetElapsedTime(sum.LoggedAt, now) < Interval) return null;
            var due = sum.Count;
            sum = new Sum { LoggedAt = now };
            return due;
        }
    }

    private struct Sum
    {
        public long Count;
        public long LoggedAt;
    }
}
