using System.Globalization;

namespace Nakama.Server.Search;

/// <summary>Parses text that the index treats as a date, as nanoseconds since the epoch. Without a zone it is UTC.</summary>
internal static class SearchDate
{
    private const long NanosecondsPerTick = 100;
    private const int ShortestLength = 10;
    private const int LongestLength = 40;

    /// <summary>A date alone, a date and a time, or RFC 3339.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long nanoseconds) => TryParse(text, isFull: false, out nanoseconds);

    /// <summary>RFC 3339 only, with a zone.</summary>
    public static bool TryParseFull(ReadOnlySpan<char> text, out long nanoseconds) => TryParse(text, isFull: true, out nanoseconds);

    public static long Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;

    private static bool TryParse(ReadOnlySpan<char> text, bool isFull, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length is < ShortestLength or > LongestLength || text[4] != '-' || text[7] != '-') return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        var date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        var rest = text[ShortestLength..];
        if (rest.IsEmpty) return !isFull && TryPoint(date, 0, out nanoseconds);
        var separator = rest[0];
        if (separator is not ('T' or ' ') || (isFull && separator != 'T')) return false;
        rest = rest[1..];
        if (!TryTime(ref rest, out var time, out var fraction)) return false;
        if (rest.IsEmpty) return !isFull && TryPoint(date + time, fraction, out nanoseconds);
        return separator == 'T' && TryZone(rest, out var zone) && TryPoint(date + time, fraction - (zone * 60_000_000_000), out nanoseconds);
    }

    private static bool TryTime(ref ReadOnlySpan<char> rest, out TimeSpan time, out long fraction)
    {
        (time, fraction) = (default, 0);
        // The hour may have one digit.
        var hourLength = rest.IndexOf(':');
        if (hourLength is not (1 or 2) || rest.Length < hourLength + 6 || rest[hourLength + 3] != ':') return false;
        if (!TryDigits(rest[..hourLength], out var hour) || !TryDigits(rest.Slice(hourLength + 1, 2), out var minute)) return false;
        if (!TryDigits(rest.Slice(hourLength + 4, 2), out var second) || hour > 23 || minute > 59 || second > 59) return false;
        time = new TimeSpan(hour, minute, second);
        rest = rest[(hourLength + 6)..];
        if (rest.IsEmpty || rest[0] is not ('.' or ',')) return true;
        var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
        if (digits < 0) digits = rest.Length - 1;
        if (digits == 0) return false;
        for (var i = 0; i < 9; i++) fraction = (fraction * 10) + (i < digits ? rest[1 + i] - '0' : 0);
        rest = rest[(1 + digits)..];
        return true;
    }

    private static bool TryZone(ReadOnlySpan<char> rest, out long minutes)
    {
        minutes = 0;
        if (rest is "Z") return true;
        if (rest.Length != 6 || rest[0] is not ('+' or '-') || rest[3] != ':') return false;
        if (!TryDigits(rest[1..3], out var hour) || !TryDigits(rest[4..6], out var minute) || hour > 24 || minute > 59) return false;
        minutes = ((hour * 60) + minute) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    /// <summary>False when the instant is out of range for 64-bit nanoseconds.</summary>
    private static bool TryPoint(DateTime time, long nanosecondsMore, out long nanoseconds)
    {
        var exact = ((Int128)(time - DateTime.UnixEpoch).Ticks * NanosecondsPerTick) + nanosecondsMore;
        nanoseconds = unchecked((long)exact);
        return nanoseconds == exact && nanoseconds is > long.MinValue and < long.MaxValue;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
