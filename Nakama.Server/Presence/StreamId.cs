namespace Nakama.Server.Presence;

/// <summary>What a stream is for; the numbers are on the wire.</summary>
public static class StreamMode
{
    public const byte Notifications = 0;
    public const byte Status = 1;
    public const byte Room = 2;
    public const byte Group = 3;
    public const byte DirectMessage = 4;
    public const byte RelayedMatch = 5;
    public const byte AuthoritativeMatch = 6;
    public const byte Party = 7;
}

/// <summary>The identity of a stream. The empty id stands for an absent subject or subcontext.</summary>
public readonly record struct StreamId(byte Mode, Guid Subject, Guid Subcontext, string Label)
{
    public StreamId(byte mode, Guid subject)
        : this(mode, subject, Guid.Empty, "")
    {
    }
}
