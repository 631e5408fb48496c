using System.Diagnostics.CodeAnalysis;

namespace Nakama.Server.Scheduling;

/// <summary>Reads the text of an expression field by field.</summary>
internal static class CronParser
{
    private static readonly (string Name, string Fields)[] Aliases =
    [
        ("@yearly", "0 0 0 1 1 * *"),
        ("@annually", "0 0 0 1 1 * *"),
        ("@monthly", "0 0 0 1 * * *"),
        ("@weekly", "0 0 0 * * 0 *"),
        ("@daily", "0 0 0 * * * *"),
        ("@hourly", "0 0 * * * * *"),
    ];

    private static readonly char[] Blanks = [' ', '\t', '\n', '\f', '\r'];

    /// <summary>Longer than any schedule that can be stored; bounds the input that a module may have parsed.</summary>
    private const int MaxLength = 4096;

    public static bool TryParse(string text, [NotNullWhen(true)] out CronExpression? expression)
    {
        expression = null;
        if (text.Length > MaxLength) return false;
        var plain = text;
        foreach (var (name, fields) in Aliases) plain = plain.Replace(name, fields, StringComparison.Ordinal);
        var parts = plain.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 5) return false;
        var at = parts.Length >= 7 ? 1 : 0;

        var seconds = 1UL;
        if (at == 1 && !TrySet(parts[0], CronField.Second, out seconds)) return false;
        if (!TrySet(parts[at], CronField.Minute, out var minutes)) return false;
        if (!TrySet(parts[at + 1], CronField.Hour, out var hours)) return false;
        if (!TryDays(parts[at + 2], parts[at + 4], out var days)) return false;
        if (!TrySet(parts[at + 3], CronField.Month, out var months)) return false;
        if (!TryYears(parts.Length > at + 5 ? parts[at + 5] : "*", out var years)) return false;

        // Month zero results from a padded number; the reference server treats it as the month before January.
        if ((months & 1) != 0) months |= 1UL << 12;
        expression = new(text, new(seconds, minutes, hours), days, (uint)months, years);
        return true;
    }

    private static bool TrySet(string text, CronField field, out ulong set)
    {
        set = 0;
        if (!CronEntry.TryReadAll(text, field, out var entries)) return false;
        foreach (var entry in entries)
        {
            if (entry.Kind == CronEntryKind.Other) return false;
            entry.AddTo(ref set);
            // Entries after a star are ignored.
            if (entry.Kind == CronEntryKind.All) return true;
        }

        return true;
    }

    private static bool TryYears(string text, out bool[] years)
    {
        years = new bool[CronExpression.LastYear - CronExpression.FirstYear + 1];
        if (!CronEntry.TryReadAll(text, CronField.Year, out var entries)) return false;
        foreach (var entry in entries)
        {
            if (entry.Kind == CronEntryKind.Other) return false;
            for (var year = entry.First; year <= entry.Last; year += entry.Step) years[year - CronExpression.FirstYear] = true;
            if (entry.Kind == CronEntryKind.All) return true;
        }

        return true;
    }

    private static bool TryDays(string ofMonth, string ofWeek, [NotNullWhen(true)] out CronDays? days)
    {
        days = null;
        if (!CronEntry.TryReadAll(ofMonth, CronField.DayOfMonth, out var monthEntries)) return false;
        if (!CronEntry.TryReadAll(ofWeek, CronField.DayOfWeek, out var weekEntries)) return false;

        ulong numbers = 0, nearest = 0, weekdays = 0, last = 0, nth = 0;
        bool isLastDay = false, isLastWeekday = false;
        foreach (var entry in monthEntries)
        {
            var text = entry.Text;
            if (entry.Kind != CronEntryKind.Other) entry.AddTo(ref numbers);
            else if (text == "l") isLastDay = true;
            else if (text == "lw") isLastWeekday = true;
            else if (text[^1] == 'w' && CronField.DayOfMonth.TryValue(text.AsSpan(0, text.Length - 1), out var day)) nearest |= 1UL << day;
            else return false;
        }

        foreach (var entry in weekEntries)
        {
            var text = entry.Text;
            if (entry.Kind != CronEntryKind.Other) entry.AddTo(ref weekdays);
            else if (text[^1] == 'l' && CronField.DayOfWeek.TryValue(text.AsSpan(0, text.Length - 1), out var day)) last |= 1UL << day;
            else if (text is [.., '#', >= '1' and <= '5' and var k] && CronField.DayOfWeek.TryValue(text.AsSpan(0, text.Length - 2), out day)) nth |= 1UL << ((k - '1') * 7 + day);
            else return false;
        }

        days = new()
        {
            IsMonthRestricted = !monthEntries.Exists(static entry => entry.Kind == CronEntryKind.All),
            IsWeekRestricted = !weekEntries.Exists(static entry => entry.Kind == CronEntryKind.All),
            Days = numbers,
            NearestWeekdays = nearest,
            IsLastDay = isLastDay,
            IsLastWeekday = isLastWeekday,
            Weekdays = weekdays,
            LastOfWeekday = last,
            NthOfWeekday = nth,
        };
        return true;
    }
}
