namespace Nakama.Enet.Protocol;

/// <summary>What a client offers when it asks for a connection.</summary>
/// <param name="PeerId">Its number for the connection.</param>
/// <param name="Mtu">The largest datagram it takes, in bytes.</param>
/// <param name="Window">How many bytes may be under way to it.</param>
/// <param name="Channels">How many channels it wants.</param>
/// <param name="IncomingBandwidth">Bytes per second it can take; 0 is any number.</param>
/// <param name="ThrottleInterval">Milliseconds between two looks at the round trip.</param>
/// <param name="ThrottleAcceleration">How much the throttle opens after a good round trip.</param>
/// <param name="ThrottleDeceleration">How much it closes after a bad one.</param>
/// <param name="ConnectId">A number of its choice that names the attempt.</param>
internal readonly record struct ConnectOffer(
    int PeerId, uint Mtu, uint Window, uint Channels, uint IncomingBandwidth,
    uint ThrottleInterval, uint ThrottleAcceleration, uint ThrottleDeceleration, uint ConnectId)
{
    public static ConnectOffer Read(in Command connect) => new(
        connect.UInt16At(0),
        connect.UInt32At(4),
        connect.UInt32At(8),
        connect.UInt32At(12),
        connect.UInt32At(16),
        connect.UInt32At(24),
        connect.UInt32At(28),
        connect.UInt32At(32),
        connect.UInt32At(36));

    /// <summary>Whether the numbers are ones that the protocol allows.</summary>
    public bool IsValid => PeerId < Limits.NoPeer && Channels is >= 1 and <= Limits.MaxChannels;
}
