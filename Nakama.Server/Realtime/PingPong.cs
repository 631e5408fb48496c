using Nakama.Protocol.Realtime;

namespace Nakama.Server.Realtime;

/// <summary>Answers a client's ping message.</summary>
internal sealed class PingPong : IRealtimeFeature
{
    public void Map(RealtimeMap realtime)
    {
        realtime.Map(Envelope.MessageOneofCase.Ping, static (_, _, _) => new(new Envelope { Pong = new Pong() }));
        realtime.Map(Envelope.MessageOneofCase.Pong, static (_, _, _) => default);
    }
}
