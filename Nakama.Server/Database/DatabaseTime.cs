namespace Nakama.Server.Database;

/// <summary>Times as databases know them: whole microseconds.</summary>
public static class DatabaseTime
{
    /// <summary>Stands for "not set" in the columns of all times that may be absent.</summary>
    public static readonly DateTime Epoch = DateTime.UnixEpoch;

    /// <summary>After every time that is entered, and well within what databases know.</summary>
    public static readonly DateTime Latest = new(9000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static long ToMicroseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <exception cref="OverflowException">There is no such time.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such time.</exception>
    public static DateTime FromMicroseconds(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));

    /// <summary>The number of a time that may be absent: 0 without one.</summary>
    public static long ToMicroseconds(DateTime? time) => time is { } set ? ToMicroseconds(set) : 0;

    /// <summary>The opposite of <see cref="ToMicroseconds(DateTime?)"/>.</summary>
    public static DateTime? FromSetMicroseconds(long microseconds) => microseconds == 0 ? null : FromMicroseconds(microseconds);
}
