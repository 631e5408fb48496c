namespace Nakama.Server.Presence;

/// <summary>The purpose of a stream; the numbers are part of the protocol.</summary>
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
