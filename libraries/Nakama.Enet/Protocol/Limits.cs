namespace Nakama.Enet.Protocol;

/// <summary>Constants of the ENet protocol (version 1.3), common to both ends.</summary>
internal static class Limits
{
    /// <summary>The peer id of a datagram before the receiver has assigned one; also one more than the largest id.</summary>
    public const int NoPeer = 0xFFF;

    /// <summary>The channel of commands that belong to the connection.</summary>
    public const byte ControlChannel = 0xFF;

    public const int MaxChannels = 255;

    public const int MinMtu = 576;
    public const int MaxMtu = 4096;

    /// <summary>The largest datagram we send, in bytes: most networks do not fragment it.</summary>
    public const int HostMtu = 1392;

    public const int MinWindow = 4096;
    public const int MaxWindow = 65536;

    /// <summary>Bandwidth in bytes per second that corresponds to one minimum window.</summary>
    public const int WindowScale = 64 * 1024;

    /// <summary>The bits of the session within the peer id field, and how many sessions there are.</summary>
    public const int SessionShift = 12;

    public const int SessionCount = 4;

    public const ushort CompressedFlag = 1 << 14;
    public const ushort SentTimeFlag = 1 << 15;

    public const byte AcknowledgeFlag = 1 << 7;
    public const byte UnsequencedFlag = 1 << 6;
    public const byte KindMask = 0x0F;

    /// <summary>Sequence numbers are divided into windows of this size.</summary>
    public const int SequenceWindow = 0x1000;

    /// <summary>How many windows ahead of the last delivered message a number may be.</summary>
    public const int OpenWindows = 8;

    public const int MaxFragments = 1024 * 1024;

    /// <summary>The packet throttle's scale: at this value no messages are dropped.</summary>
    public const uint ThrottleScale = 32;
}
