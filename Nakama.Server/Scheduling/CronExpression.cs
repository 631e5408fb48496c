using System.Diagnostics.CodeAnalysis;

namespace Nakama.Server.Scheduling;

/// <summary>
/// A schedule in cron notation, evaluated in UTC to the second. Five fields are minute, hour, day of month, month and
/// day of week; a sixth is the year, and with seven fields the first is the second. Times are seconds since the epoch.
/// </summary>
public sealed class CronExpression
{
    /// <summary>Returned when nothing matches: the first second of year 1.</summary>
    public const long Never = -62135596800;

    internal const int FirstYear = 1970;

    internal const int LastYear = 2099;

    private const int SecondsPerDay = 86400;

    // The last second of the last year.
    private const long LastSecond = 4102444799;

    private readonly CronTimes _times;
    private readonly CronDays _days;
    private readonly uint _months;
    private readonly bool[] _years;

    internal CronExpression(string text, CronTimes times, CronDays days, uint months, bool[] years)
    {
        Text = text;
        _times = times;
        _days = days;
        _months = months;
        _years = years;
    }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out CronExpression? expression) =>
        CronParser.TryParse(text, out expression);

    /// <summary>The first match after a time, or <see cref="Never"/>, which is also the result for itself.</summary>
    public long Next(long time)
    {
        if (time is Never or >= LastSecond) return Never;
        var from = Math.Max(time + 1, 0);
        var (year, month, day, second) = Split(from);
        var time0 = _times.FirstFrom(second);
        // The first day counts only if one of its remaining seconds matches.
        var day0 = time0 < 0 ? day + 1 : day;
        for (var y = year; y <= LastYear; y++)
        {
            if (!_years[y - FirstYear]) continue;
            for (var m = y == year ? month : 1; m <= 12; m++)
            {
                if ((_months >> m & 1) == 0) continue;
                var isStart = y == year && m == month;
                var found = CronTimes.FirstFrom(_days.In(y, m), isStart ? day0 : 1);
                if (found < 0) continue;
                return Join(y, m, found, isStart && found == day ? time0 : _times.FirstFrom(0));
            }
        }

        return Never;
    }

    /// <summary>The last match before a time, or <see cref="Never"/>, which is also the result for itself.</summary>
    public long Last(long time)
    {
        if (time is Never or <= 0) return Never;
        var to = Math.Min(time - 1, LastSecond);
        var (year, month, day, second) = Split(to);
        var time0 = _times.LastUpTo(second);
        var day0 = time0 < 0 ? day - 1 : day;
        for (var y = year; y >= FirstYear; y--)
        {
            if (!_years[y - FirstYear]) continue;
            for (var m = y == year ? month : 12; m >= 1; m--)
            {
                if ((_months >> m & 1) == 0) continue;
                var isStart = y == year && m == month;
                var found = CronTimes.LastUpTo(_days.In(y, m), isStart ? day0 : 31);
                if (found < 0) continue;
                return Join(y, m, found, isStart && found == day ? time0 : _times.LastUpTo(SecondsPerDay - 1));
            }
        }

        return Never;
    }

    public override string ToString() => Text;

    private static (int Year, int Month, int Day, int Second) Split(long time)
    {
        var at = DateTime.UnixEpoch.AddSeconds(time);
        return (at.Year, at.Month, at.Day, (int)(time % SecondsPerDay));
    }

    private static long Join(int year, int month, int day, int second) =>
        (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Days * (long)SecondsPerDay + second;
}
