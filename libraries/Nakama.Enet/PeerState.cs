namespace Nakama.Enet;

/// <summary>The state of a peer's connection.</summary>
internal enum PeerState
{
    /// <summary>It has requested a connection; its address is not verified yet.</summary>
    Verifying,

    /// <summary>Connected.</summary>
    Connected,

    /// <summary>The server will end it after the commands in flight.</summary>
    Draining,

    /// <summary>A disconnect was sent.</summary>
    Disconnecting,

    /// <summary>Ended, and all its data is released.</summary>
    Gone,
}
