using BenchmarkDotNet.Attributes;
using Nakama.Server.Presence;

namespace Nakama.Benchmarks;

/// <summary>A session joins a stream and leaves it again.</summary>
[MemoryDiagnoser]
public class PresenceBenchmarks
{
    private const int Times = 1_000;

    private static readonly PresenceMeta Hidden = new(Hidden: true, Persistence: false, "");
    private static readonly PresenceMeta Visible = new(Hidden: false, Persistence: false, "");

    private readonly StreamId _stream = new(StreamMode.Room, Guid.NewGuid());
    private BenchmarkNode? _node;
    private PresenceTracker? _tracker;
    private BenchmarkSession? _session;

    /// <summary>The number of presences already in the stream.</summary>
    [Params(0, 10, 200)]
    public int Others { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _node = new BenchmarkNode();
        _tracker = _node.Get<PresenceTracker>();
        for (var i = 0; i < Others; i++) _tracker.Track(_node.Open(), _stream, Hidden, out _);
        _session = _node.Open();
    }

    [GlobalCleanup]
    public void End() => _node?.Dispose();

    [Benchmark]
    public bool JoinAndLeaveHidden()
    {
        _tracker!.Track(_session!, _stream, Hidden, out _);
        return _tracker.Untrack(_session!, _stream);
    }

    /// <summary>The same until all have been notified of both; in batches, so that the final wait is negligible.</summary>
    [Benchmark(OperationsPerInvoke = Times)]
    public async Task JoinAndLeaveTold()
    {
        for (var i = 0; i < Times; i++)
        {
            _tracker!.Track(_session!, _stream, Visible, out _);
            _tracker.Untrack(_session!, _stream);
        }

        while (_tracker!.PendingEventCount > 0) await Task.Yield();
    }
}
