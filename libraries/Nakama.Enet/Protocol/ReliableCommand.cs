namespace Nakama.Enet.Protocol;

/// <summary>A command that is sent again until it is acknowledged. Its bytes are shared with other receivers.</summary>
internal sealed class ReliableCommand
{
    private static readonly byte[] Nothing = [];

    public CommandKind Kind { get; set; }

    public byte Channel { get; set; }

    public ushort Sequence { get; set; }

    public byte[] Message { get; set; } = Nothing;

    /// <summary>Offset of the payload in the message, in bytes.</summary>
    public int Offset { get; set; }

    /// <summary>Length of the payload, in bytes.</summary>
    public int Length { get; set; }

    public ushort FragmentStart { get; set; }

    public int FragmentCount { get; set; }

    public int FragmentNumber { get; set; }

    /// <summary>The code of a disconnect.</summary>
    public uint Argument { get; set; }

    /// <summary>When it was last sent, in milliseconds.</summary>
    public long SentAtMs { get; set; }

    /// <summary>How long to wait before it is sent again, in milliseconds.</summary>
    public long TimeoutMs { get; set; }

    /// <summary>When it was sent first, in milliseconds.</summary>
    public long FirstSentAtMs { get; set; }

    public int SendCount { get; set; }

    public ReliableCommand? Next { get; set; }

    public ReliableCommand? Previous { get; set; }

    public int TotalLength => Message.Length;

    public ReadOnlySpan<byte> Payload => Message.AsSpan(Offset, Length);

    /// <summary>The number of bytes it takes in a datagram.</summary>
    public int WireLength => Length + Kind switch
    {
        CommandKind.Disconnect => 8,
        CommandKind.SendReliable => 6,
        CommandKind.SendFragment => FragmentOverhead,
        _ => 4,
    };

    /// <summary>The overhead of a fragment in addition to its payload, in bytes.</summary>
    public const int FragmentOverhead = 24;

    /// <summary>Resets the command, so that it can be reused.</summary>
    public void Clear()
    {
        Message = Nothing;
        Offset = Length = FragmentCount = FragmentNumber = SendCount = 0;
        FragmentStart = 0;
        Argument = 0;
        Next = Previous = null;
    }
}
