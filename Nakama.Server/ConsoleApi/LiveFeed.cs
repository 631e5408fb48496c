using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using Nakama.Protocol.Feed;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Takes one sample per second for all watchers, and keeps those of the last minutes. A slower watcher misses
/// samples and gets the newest; a late round produces one longer interval. Every node sends its figures to the others; one
/// that falls silent is shown as unreachable, one that has left not any more.
/// </summary>
internal sealed class LiveFeed(NodeSampler sampler, NodeDirectory nodes, MessageBus bus, LoopContext context)
    : PeriodicLoop(context, TimeSpan.FromSeconds(1)), IBusFeature
{
    /// <summary>How many samples are kept.</summary>
    public const int Kept = 600;

    private const int MaxWatchers = 256;

    private static readonly BusMessage<NodeFigures> Figures = new(96) { IsDroppable = true };

    // Two samples may be missing.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2.5);

    private readonly Lock _gate = new();
    private readonly HashSet<Channel<byte[]>> _watchers = [];
    private readonly Queue<byte[]> _samples = new();
    private readonly ConcurrentDictionary<NodeId, (NodeSample Sample, long HeardAt)> _others = new();

    /// <summary>The last sample; null before the first.</summary>
    public FeedSample? Latest { get; private set; }

    /// <summary>Starts watching. The history ends where the reader begins.</summary>
    /// <param name="history">The number of kept samples to return.</param>
    /// <exception cref="Errors.ApiException">There are too many watchers.</exception>
    public (byte[][] History, Watcher Watcher) Watch(int history)
    {
        var channel = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true });
        lock (_gate)
        {
            if (_watchers.Count >= MaxWatchers) throw ConsoleErrors.TooManyFeeds;
            _watchers.Add(channel);
            return ([.. _samples.TakeLast(history)], new Watcher(this, channel));
        }
    }

    protected override ValueTask RunAsync(CancellationToken cancellationToken)
    {
        var own = sampler.Take();
        if (!bus.IsAlone) bus.Broadcast(Figures, new NodeFigures { Sample = UnsafeByteOperations.UnsafeWrap(own.ToJson()) });
        Publish(new FeedSample(Time.GetUtcNow(), [own, .. Others()]));
        return ValueTask.CompletedTask;
    }

    void IBusFeature.Map(BusMap map)
    {
        map.On(Figures, (from, figures) => _others[from] = (NodeSample.Read(figures.Sample.Span) with { Name = nodes.NameOf(from), IsReachable = true }, Time.GetTimestamp()));
        map.OnLeft(node => _others.TryRemove(node, out _));
    }

    private List<NodeSample> Others()
    {
        var samples = new List<NodeSample>();
        foreach (var node in bus.Others)
        {
            // A node that has just joined has until then to send its first figures.
            var other = _others.GetOrAdd(node, id => (new NodeSample { Name = nodes.NameOf(id) }, Time.GetTimestamp()));
            samples.Add(Time.GetElapsedTime(other.HeardAt) > LongestSilence ? other.Sample with { IsReachable = false } : other.Sample);
        }

        samples.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return samples;
    }

    private void Publish(FeedSample sample)
    {
        Latest = sample;
        var json = sample.ToJson();
        lock (_gate)
        {
            _samples.Enqueue(json);
            if (_samples.Count > Kept) _samples.Dequeue();
            foreach (var watcher in _watchers) watcher.Writer.TryWrite(json);
        }
    }

    /// <summary>A watcher, until disposed.</summary>
    public sealed class Watcher(LiveFeed feed, Channel<byte[]> channel) : IDisposable
    {
        public ChannelReader<byte[]> Samples => channel.Reader;

        public void Dispose()
        {
            lock (feed._gate) feed._watchers.Remove(channel);
        }
    }
}
