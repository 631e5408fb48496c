namespace Nakama.Enet.Protocol;

/// <summary>The parameters of a client's connection request.</summary>
/// <param name="PeerId">The client's own peer id for the connection.</param>
/// <param name="Mtu">The largest datagram it accepts, in bytes.</param>
/// <param name="Window">The maximum number of bytes in flight to it.</param>
/// <param name="Channels">The number of channels it requests.</param>
/// <param name="IncomingBandwidth">Bytes per second it can receive; 0 for no limit.</param>
/// <param name="ThrottleInterval">Milliseconds between two measurements of the round trip time.</param>
/// <param name="ThrottleAcceleration">How much the throttle opens after a low round trip time.</param>
/// <param name="ThrottleDeceleration">How much it closes after a high one.</param>
/// <param name="ConnectId">A number chosen by the client that identifies the attempt.</param>
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

    /// <summary>Whether the numbers are within the protocol's bounds.</summary>
    public bool IsValid => PeerId < Limits.NoPeer && Channels is >= 1 and <= Limits.MaxChannels;
}
