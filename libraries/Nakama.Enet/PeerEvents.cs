namespace Nakama.Enet;

/// <summary>What a step of a peer asks its surroundings to do, once the peer's lock is free again.</summary>
[Flags]
internal enum PeerEvents
{
    None = 0,

    /// <summary>Messages wait to be taken.</summary>
    Messages = 1,

    /// <summary>There is something to send.</summary>
    Flush = 2,

    /// <summary>The connection is over; see <see cref="EnetPeer.EndCause"/>.</summary>
    Gone = 4,
}
