namespace Nakama.Enet.Protocol;

/// <summary>One part of a message that is longer than a datagram.</summary>
internal readonly ref struct Fragment
{
    private Fragment(in Command command)
    {
        Start = command.UInt16At(0);
        Count = command.UInt32At(4);
        Number = command.UInt32At(8);
        TotalLength = command.UInt32At(12);
        Offset = command.UInt32At(16);
        Payload = command.Payload;
    }

    /// <summary>The sequence number of the first fragment.</summary>
    public ushort Start { get; }

    public uint Count { get; }

    public uint Number { get; }

    public uint TotalLength { get; }

    public uint Offset { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public static Fragment Read(in Command command) => new(command);

    /// <summary>Whether the numbers are consistent.</summary>
    public bool IsValid =>
        Count is >= 1 and <= Limits.MaxFragments && Number < Count && TotalLength >= Count
        && Offset < TotalLength && Payload.Length <= TotalLength - Offset;
}
