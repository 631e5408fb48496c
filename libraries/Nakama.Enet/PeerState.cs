namespace Nakama.Enet;

/// <summary>How far a peer's connection has come.</summary>
internal enum PeerState
{
    /// <summary>It asked for a connection; whether it is where it says is not known yet.</summary>
    Verifying,

    /// <summary>Messages go both ways.</summary>
    Connected,

    /// <summary>We are about to end it, after what is under way.</summary>
    Draining,

    /// <summary>It was told that the connection ends.</summary>
    Disconnecting,

    /// <summary>Nothing is left of it.</summary>
    Gone,
}
