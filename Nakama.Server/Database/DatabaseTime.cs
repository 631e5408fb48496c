namespace Nakama.Server.Database;

/// <summary>Times in the resolution of databases: whole microseconds.</summary>
public static class DatabaseTime
{
    /// <summary>Represents "not set" in the columns of optional times.</summary>
    public static readonly DateTime Epoch = DateTime.UnixEpoch;

    /// <summary>Later than every stored time, and well within the range of databases.</summary>
    public static readonly DateTime Latest = new(9000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static long ToMicroseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <exception cref="OverflowException">The time is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of range.</exception>
    public static DateTime FromMicroseconds(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));

    /// <summary>The microseconds of an optional time: 0 when absent.</summary>
    public static long ToMicroseconds(DateTime? time) => time is { } set ? ToMicroseconds(set) : 0;

    /// <summary>The inverse of <see cref="ToMicroseconds(DateTime?)"/>.</summary>
    public static DateTime? FromSetMicroseconds(long microseconds) => microseconds == 0 ? null : FromMicroseconds(microseconds);
}
