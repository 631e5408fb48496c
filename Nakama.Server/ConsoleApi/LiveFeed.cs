using System.Threading.Channels;
using Nakama.Protocol.Feed;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Takes one sample per second for all watchers, and keeps those of the last minutes. A slower watcher misses
/// samples and gets the newest; a late round produces one longer interval.
/// </summary>
internal sealed class LiveFeed(NodeSampler sampler, LoopContext context) : PeriodicLoop(context, TimeSpan.FromSeconds(1))
{
    /// <summary>How many samples are kept.</summary>
    public const int Kept = 600;

    private const int MaxWatchers = 256;

    private readonly Lock _gate = new();
    private readonly HashSet<Channel<byte[]>> _watchers = [];
    private readonly Queue<byte[]> _samples = new();

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
        Publish(new FeedSample(Time.GetUtcNow(), [sampler.Take()]));
        return ValueTask.CompletedTask;
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
