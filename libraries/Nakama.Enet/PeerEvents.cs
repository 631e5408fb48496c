namespace Nakama.Enet;

/// <summary>The actions that a peer requests from its caller after a step, once the peer's lock is released.</summary>
[Flags]
internal enum PeerEvents
{
    None = 0,

    /// <summary>Messages are ready to be taken.</summary>
    Messages = 1,

    /// <summary>There is something to send.</summary>
    Flush = 2,

    /// <summary>The connection is over; see <see cref="EnetPeer.EndCause"/>.</summary>
    Gone = 4,
}
