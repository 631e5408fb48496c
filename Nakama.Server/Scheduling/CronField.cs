namespace Nakama.Server.Scheduling;

/// <summary>One of the fields of an expression: its range and how its values are written.</summary>
internal sealed class CronField(int min, int max, params string[] names)
{
    public static readonly CronField Second = new(0, 59);
    public static readonly CronField Minute = new(0, 59);
    public static readonly CronField Hour = new(0, 23);
    public static readonly CronField DayOfMonth = new(1, 31);

    public static readonly CronField Month = new(
        1, 12, "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december");

    public static readonly CronField DayOfWeek = new(
        0, 6, "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");

    public static readonly CronField Year = new(CronExpression.FirstYear, CronExpression.LastYear);

    private const int ShortName = 3;

    public int Min => min;

    public int Max => max;

    /// <summary>Reads a value in lower case; returns false when it is not a value of this field.</summary>
    public bool TryValue(ReadOnlySpan<char> text, out int value)
    {
        for (var i = 0; i < names.Length; i++)
        {
            value = min + i;
            if (text.SequenceEqual(names[i]) || text.SequenceEqual(names[i].AsSpan(0, ShortName))) return true;
        }

        if (!TryNumber(text, out value)) return false;
        if (this == Year) return text.Length == 4 && value >= min && value <= max;
        if (text.Length > 2) return false;
        if (this == DayOfWeek && value == 7) value = 0;
        if (value < min || value > max) return false;
        // The reference server looks up months and weekdays with a leading zero by their text,
        // finds none and continues with zero. Stored schedules depend on that, so the result is the same here.
        if (names.Length > 0 && text is ['0', _]) value = 0;
        return true;
    }

    /// <summary>Reads the step after a slash; returns false when it is not between 1 and the highest value.</summary>
    public bool TryStep(ReadOnlySpan<char> text, out int step)
    {
        if (!TryNumber(text, out step) || step < 1 || step > max) return false;
        // Only numbers that occur in some field are accepted.
        return step > 59 ? step is >= CronExpression.FirstYear and <= CronExpression.LastYear : text.Length <= 2;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 4) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            number = number * 10 + (c - '0');
        }

        return true;
    }
}
