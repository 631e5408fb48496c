namespace Nakama.Server.Scheduling;

/// <summary>The matching days of a month. If days of the month and of the week are both restricted, either suffices.</summary>
internal sealed class CronDays
{
    /// <summary>Whether days of the month are restricted; otherwise every day matches.</summary>
    public bool IsMonthRestricted { get; init; }

    /// <summary>Whether days of the week are restricted; otherwise every day matches.</summary>
    public bool IsWeekRestricted { get; init; }

    /// <summary>Days of the month, from bit 1.</summary>
    public ulong Days { get; init; }

    /// <summary>Days of the month whose nearest weekday matches, from bit 1.</summary>
    public ulong NearestWeekdays { get; init; }

    public bool IsLastDay { get; init; }

    public bool IsLastWeekday { get; init; }

    /// <summary>Days of the week, Sunday at bit 0.</summary>
    public ulong Weekdays { get; init; }

    /// <summary>Days of the week of which only the last in the month matches.</summary>
    public ulong LastOfWeekday { get; init; }

    /// <summary>The first Sunday is bit 0, the second bit 7, the fifth Saturday bit 34.</summary>
    public ulong NthOfWeekday { get; init; }

    /// <summary>The matching days, from bit 1.</summary>
    public ulong In(int year, int month)
    {
        var length = DateTime.DaysInMonth(year, month);
        var all = (1UL << (length + 1)) - 2;
        if (!IsMonthRestricted && !IsWeekRestricted) return all;
        var first = (int)new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc).DayOfWeek;
        var days = 0UL;
        if (IsMonthRestricted) days |= OfMonth(length, first);
        if (IsWeekRestricted) days |= OfWeek(length, first);
        return days & all;
    }

    private ulong OfMonth(int length, int first)
    {
        var days = Days;
        if (IsLastDay) days |= 1UL << length;
        if (IsLastWeekday) days |= 1UL << NearestWeekday(length, length, first);
        for (var day = 1; day <= length; day++)
        {
            if ((NearestWeekdays >> day & 1) != 0) days |= 1UL << NearestWeekday(day, length, first);
        }

        return days;
    }

    private ulong OfWeek(int length, int first)
    {
        var days = 0UL;
        for (var day = 1; day <= length; day++)
        {
            var weekday = (first + day - 1) % 7;
            var nth = (day - 1) / 7;
            if ((Weekdays >> weekday & 1) != 0
                || (NthOfWeekday >> (nth * 7 + weekday) & 1) != 0
                || (day > length - 7 && (LastOfWeekday >> weekday & 1) != 0))
            {
                days |= 1UL << day;
            }
        }

        return days;
    }

    /// <summary>The nearest day from Monday to Friday within the same month.</summary>
    private static int NearestWeekday(int day, int length, int first) => ((first + day - 1) % 7) switch
    {
        (int)DayOfWeek.Saturday => day == 1 ? day + 2 : day - 1,
        (int)DayOfWeek.Sunday => day == length ? day - 2 : day + 1,
        _ => day,
    };
}
