namespace Nakama.Server.Sessions;

/// <summary>How a session's messages are encoded. A message is encoded at most once per format.</summary>
public enum SessionFormat : byte
{
    /// <summary>WebSocket text frames of JSON envelopes.</summary>
    WebSocketJson,

    /// <summary>WebSocket binary frames of protobuf envelopes.</summary>
    WebSocketProtobuf,

    /// <summary>Hub messages; SignalR serialises per protocol.</summary>
    SignalR,

    /// <summary>Protobuf envelopes over reliable UDP.</summary>
    Rudp,
}
