namespace Nakama.Server.Transport.WebSocket;

/// <summary>The kind of data found at the start of the received bytes.</summary>
internal enum FrameKind
{
    /// <summary>No complete frame yet.</summary>
    None,

    Text,

    Binary,

    Ping,

    Pong,

    Close,

    /// <summary>A protocol violation by the client, described by the text.</summary>
    Violation,

    /// <summary>A message that exceeds the size limit.</summary>
    TooLarge,
}
