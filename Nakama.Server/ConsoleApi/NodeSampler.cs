using System.Reflection;
using Nakama.Server.Cluster;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Wire.Feed;

namespace Nakama.Server.ConsoleApi;

/// <summary>Reads this node's figures; each call of <see cref="Take"/> describes the time since the call before. One caller.</summary>
internal sealed class NodeSampler
{
    private readonly LocalNode _node;
    private readonly SessionRegistry _sessions;
    private readonly PresenceTracker _presences;
    private readonly IEnumerable<ILiveCount> _counts;
    private readonly TimeProvider _time;
    private readonly TrafficSampler _traffic;
    private long _takenAt;
    private TimeSpan _processorTime;
    private TimeSpan _pauseTime;

    public NodeSampler(
        LocalNode node, SessionRegistry sessions, PresenceTracker presences, ServerMetrics metrics, IEnumerable<ILiveCount> counts, TimeProvider time)
    {
        (_node, _sessions, _presences, _counts, _time) = (node, sessions, presences, counts, time);
        _traffic = new TrafficSampler(metrics, time);
        StartedAt = time.GetUtcNow();
        _takenAt = time.GetTimestamp();
        _processorTime = Environment.CpuUsage.TotalTime;
        _pauseTime = GC.GetTotalPauseDuration();
    }

    public DateTimeOffset StartedAt { get; }

    /// <summary>The version of this build.</summary>
    public static string Version { get; } =
        typeof(NodeSampler).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public NodeSample Take()
    {
        var now = _time.GetTimestamp();
        var seconds = Math.Max(_time.GetElapsedTime(_takenAt, now).TotalSeconds, 0.001);
        var processorTime = Environment.CpuUsage.TotalTime;
        var pauseTime = GC.GetTotalPauseDuration();
        var traffic = _traffic.Take();
        var sample = new NodeSample
        {
            Name = _node.Name,
            Version = Version,
            UptimeSec = Math.Round((_time.GetUtcNow() - StartedAt).TotalSeconds, 1),
            Sessions = _sessions.Count,
            Presences = _presences.Count,
            Matches = Count(LiveKind.Match),
            Parties = Count(LiveKind.Party),
            CpuPercent = (processorTime - _processorTime).TotalSeconds / seconds * 100,
            WorkingSetBytes = Environment.WorkingSet,
            GcHeapBytes = GC.GetTotalMemory(forceFullCollection: false),
            GcPauseMs = (pauseTime - _pauseTime).TotalMilliseconds / seconds,
            GcCollections = [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)],
            Threads = ThreadPool.ThreadCount,
            RequestsPerSec = traffic.RequestsPerSec,
            MessagesPerSec = traffic.MessagesPerSec,
            ErrorsPerSec = traffic.ErrorsPerSec,
            LatencyAvgMs = traffic.AverageLatencyMs,
            LatencyP50Ms = traffic.LatencyP50Ms,
            LatencyP95Ms = traffic.LatencyP95Ms,
            LatencyP99Ms = traffic.LatencyP99Ms,
            InputKibPerSec = traffic.ReceivedKibPerSec,
            OutputKibPerSec = traffic.SentKibPerSec,
        };
        (_takenAt, _processorTime, _pauseTime) = (now, processorTime, pauseTime);
        return sample;
    }

    private int Count(LiveKind kind)
    {
        var count = 0;
        foreach (var live in _counts)
        {
            if (live.Kind == kind) count += live.Count;
        }

        return count;
    }
}
