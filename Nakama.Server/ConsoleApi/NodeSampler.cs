using System.Reflection;
using Nakama.Protocol.Feed;
using Nakama.Server.Cluster;
using Nakama.Server.Matches;
using Nakama.Server.Metrics;
using Nakama.Server.Parties;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Reads this node's figures; each call of <see cref="Take"/> covers the time since the previous call. For a single caller.
/// </summary>
internal sealed class NodeSampler
{
    private readonly LocalNode _node;
    private readonly SessionRegistry _sessions;
    private readonly PresenceTracker _presences;
    private readonly MatchRegistry _matches;
    private readonly PartyRegistry _parties;
    private readonly NodeDirectory _nodes;
    private readonly MessageBus _bus;
    private readonly TimeProvider _time;
    private readonly TrafficSampler _traffic;
    private long _takenAt;
    private TimeSpan _processorTime;
    private TimeSpan _pauseTime;

    public NodeSampler(
        LocalNode node, SessionRegistry sessions, PresenceTracker presences, MatchRegistry matches, PartyRegistry parties, NodeDirectory nodes, MessageBus bus,
        ServerMetrics metrics, TimeProvider time)
    {
        (_nodes, _bus) = (nodes, bus);
        (_node, _sessions, _presences, _matches, _parties, _time) = (node, sessions, presences, matches, parties, time);
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
            StartedAt = StartedAt,
            UptimeSec = Math.Round((_time.GetUtcNow() - StartedAt).TotalSeconds, 1),
            Peers = Peers(),
            Sessions = _sessions.Count,
            Presences = _presences.Count,
            Matches = _matches.Count,
            Parties = _parties.Count,
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

    private List<PeerSample> Peers()
    {
        var peers = new List<PeerSample>();
        foreach (var node in _bus.Others) peers.Add(new(_nodes.NameOf(node), _bus.IsConnected(node), _bus.QueueLength(node)));
        return peers;
    }
}
