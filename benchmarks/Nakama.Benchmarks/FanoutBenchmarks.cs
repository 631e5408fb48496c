using BenchmarkDotNet.Attributes;
using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;

namespace Nakama.Benchmarks;

/// <summary>One message to a stream of 200 sessions: lookup, encoding once per format, and queueing for each session.</summary>
[MemoryDiagnoser]
public class FanoutBenchmarks
{
    private const int Receivers = 200;

    private readonly StreamId _stream = new(StreamMode.Room, Guid.NewGuid());
    private BenchmarkNode? _node;
    private MessageRouter? _router;
    private Envelope _message = new();

    /// <summary>The number of sessions that use JSON; the others use protobuf.</summary>
    [Params(Receivers, Receivers / 2)]
    public int JsonReceivers { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _node = new BenchmarkNode();
        _router = _node.Get<MessageRouter>();
        var tracker = _node.Get<PresenceTracker>();
        for (var i = 0; i < Receivers; i++)
        {
            var session = _node.Open(i < JsonReceivers ? SessionFormat.WebSocketJson : SessionFormat.WebSocketProtobuf);
            tracker.Track(session, _stream, new PresenceMeta(Hidden: true, Persistence: false, ""), out _);
        }

        _message = new Envelope
        {
            ChannelMessage = new Nakama.Protocol.Api.ChannelMessage { ChannelId = $"2...{Guid.NewGuid()}", Content = "{\"text\":\"hello\"}", Username = "player" },
        };
    }

    [GlobalCleanup]
    public void End() => _node?.Dispose();

    [Benchmark(OperationsPerInvoke = Receivers)]
    public void SendToStream() => _router!.SendToStream(_stream, _message);
}
