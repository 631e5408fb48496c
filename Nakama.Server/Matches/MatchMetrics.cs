using Nakama.Server.Metrics;

namespace Nakama.Server.Matches;

/// <summary>What the authoritative matches of this node do.</summary>
public sealed class MatchMetrics(MetricRegistry registry)
{
    private readonly Summary _lateness = registry.Summary("match_loop_lateness_ms");
    private readonly Summary _duration = registry.Summary("match_loop_latency_ms");
    private readonly Counter _skipped = registry.Counter("match_loops_skipped");
    private readonly Counter _dropped = registry.Counter("match_messages_dropped");
    private readonly Counter _failed = registry.Counter("match_failures");

    /// <summary>How late loops began.</summary>
    public Summary Lateness => _lateness;

    /// <summary>The number of loops that were left out because their match was behind.</summary>
    public long SkippedCount => _skipped.Value;

    internal void LoopDone(TimeSpan lateness, TimeSpan duration)
    {
        _lateness.Record(lateness);
        _duration.Record(duration);
    }

    internal void LoopsSkipped(long count) => _skipped.Add(count);

    internal void MessageDropped() => _dropped.Increment();

    internal void MatchFailed() => _failed.Increment();
}
