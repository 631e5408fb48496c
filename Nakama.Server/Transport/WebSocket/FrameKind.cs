namespace Nakama.Server.Transport.WebSocket;

/// <summary>What was found at the start of the bytes from a client.</summary>
internal enum FrameKind
{
    /// <summary>Nothing whole yet.</summary>
    None,

    Text,

    Binary,

    Ping,

    Pong,

    Close,

    /// <summary>The client breaks the protocol; the text says how.</summary>
    Violation,

    /// <summary>A message beyond the limit.</summary>
    TooLarge,
}
