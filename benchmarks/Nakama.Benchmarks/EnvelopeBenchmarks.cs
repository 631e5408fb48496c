using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Benchmarks;

/// <summary>The most frequent message of a match, in both formats and both directions.</summary>
[MemoryDiagnoser]
public class EnvelopeBenchmarks
{
    private Envelope _outgoing = new();
    private byte[] _json = [];
    private byte[] _protobuf = [];

    [GlobalSetup]
    public void Prepare()
    {
        var (match, data) = ($"{Guid.NewGuid()}.node", ByteString.CopyFrom(new byte[64]));
        _outgoing = new Envelope
        {
            MatchData = new MatchData
            {
                MatchId = match,
                OpCode = 7,
                Data = data,
                Presence = new UserPresence { UserId = $"{Guid.NewGuid()}", SessionId = $"{Guid.NewGuid()}", Username = "player" },
            },
        };
        var incoming = new Envelope { MatchDataSend = new MatchDataSend { MatchId = match, OpCode = 7, Data = data } };
        _json = EnvelopeJson.Write(incoming).ToArray();
        _protobuf = incoming.ToByteArray();
    }

    [Benchmark]
    public byte[] WriteJson() => EnvelopeFrames.Json(_outgoing);

    [Benchmark]
    public byte[] WriteProtobuf() => EnvelopeFrames.Protobuf(_outgoing);

    [Benchmark]
    public Envelope? ReadJson() => EnvelopeDecoder.Decode(SessionFormat.WebSocketJson, _json);

    [Benchmark]
    public Envelope? ReadProtobuf() => EnvelopeDecoder.Decode(SessionFormat.WebSocketProtobuf, _protobuf);
}
