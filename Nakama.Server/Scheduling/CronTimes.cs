using System.Numerics;

namespace Nakama.Server.Scheduling;

/// <summary>The matching times of day, as bit sets; none of the sets is empty.</summary>
internal readonly struct CronTimes(ulong seconds, ulong minutes, ulong hours)
{
    /// <summary>The first match in a day at or after a second of the day, or -1.</summary>
    public int FirstFrom(int secondOfDay)
    {
        var (hour, minute, second) = Split(secondOfDay);
        if (FirstFrom(hours, hour) == hour)
        {
            if (FirstFrom(minutes, minute) == minute && FirstFrom(seconds, second) is >= 0 and var s) return Join(hour, minute, s);
            if (FirstFrom(minutes, minute + 1) is >= 0 and var m) return Join(hour, m, FirstFrom(seconds, 0));
        }

        return FirstFrom(hours, hour + 1) is >= 0 and var h ? Join(h, FirstFrom(minutes, 0), FirstFrom(seconds, 0)) : -1;
    }

    /// <summary>The last match in a day at or before a second of the day, or -1.</summary>
    public int LastUpTo(int secondOfDay)
    {
        var (hour, minute, second) = Split(secondOfDay);
        if (LastUpTo(hours, hour) == hour)
        {
            if (LastUpTo(minutes, minute) == minute && LastUpTo(seconds, second) is >= 0 and var s) return Join(hour, minute, s);
            if (LastUpTo(minutes, minute - 1) is >= 0 and var m) return Join(hour, m, LastUpTo(seconds, 59));
        }

        return LastUpTo(hours, hour - 1) is >= 0 and var h ? Join(h, LastUpTo(minutes, 59), LastUpTo(seconds, 59)) : -1;
    }

    /// <summary>The lowest bit of a set at or above a number, or -1.</summary>
    public static int FirstFrom(ulong set, int from)
    {
        if (from > 63) return -1;
        var rest = set & (ulong.MaxValue << from);
        return rest == 0 ? -1 : BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>The highest bit of a set at or below a number, or -1.</summary>
    public static int LastUpTo(ulong set, int to)
    {
        if (to < 0) return -1;
        var rest = set & (ulong.MaxValue >> (63 - to));
        return rest == 0 ? -1 : 63 - BitOperations.LeadingZeroCount(rest);
    }

    private static (int Hour, int Minute, int Second) Split(int secondOfDay) => (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60);

    private static int Join(int hour, int minute, int second) => hour * 3600 + minute * 60 + second;
}
