using System.Globalization;

namespace Nakama.Lua.Library;

/// <summary>The clock and the calendar, always in UTC.</summary>
internal static class OsLibrary
{
    private static readonly LuaString DefaultFormat = LuaString.From("%c");

    public static LuaTable Create()
    {
        var library = new LuaTable(0, 4);
        library.Set("clock", static call => call.Return(call.Machine.Host.Running.TotalSeconds));
        library.Set("date", Date);
        library.Set("difftime", static call => call.Return(call.CheckNumber(1) - call.CheckNumber(2)));
        library.Set("time", Time);
        return library;
    }

    private static int Time(LuaCall call)
    {
        if (call.Count == 0) return call.Return(call.Machine.Host.TimeProvider.GetUtcNow().ToUnixTimeSeconds());
        var table = call.CheckTable(1);
        var year = Field(table, "year", -1);
        var month = Field(table, "month", -1);
        var months = (year * 12) + month - 1;
        var days = DaysBefore(Math.Floor(months / 12), (int)(months - (Math.Floor(months / 12) * 12))) + Field(table, "day", -1) - 1;
        return call.Return((days * 86400) + (Field(table, "hour", 12) * 3600) + (Field(table, "min", 0) * 60) + Field(table, "sec", 0));
    }

    private static double Field(LuaTable table, string name, double otherwise) =>
        table[name].TryGetNumber(out var value) && double.IsFinite(value) ? Math.Truncate(Math.Clamp(value, -1e9, 1e9)) : otherwise;

    /// <summary>Days from 1970 to the first of a month (from zero) of a year, in the proleptic Gregorian calendar.</summary>
    private static double DaysBefore(double year, int month)
    {
        var yearInCycle = year - (Math.Floor(year / 400) * 400);
        var first = new DateOnly((int)yearInCycle + 400, month + 1, 1).DayNumber - new DateOnly(400, 1, 1).DayNumber;
        return first + ((Math.Floor(year / 400) - 5) * 146097) + 10957;
    }

    private static int Date(LuaCall call)
    {
        var format = call.Count < 1 ? DefaultFormat : call.CheckString(1);
        var now = call.Machine.Host.TimeProvider.GetUtcNow();
        var seconds = call.Count < 2 ? now.ToUnixTimeSeconds() : call.CheckInteger(2);
        var moment = DateTimeOffset.UnixEpoch;
        var extraYears = 0L;
        // Years beyond the range of the .NET calendar are mapped by whole cycles of 400 years.
        const long Cycle = 12622780800;
        if (seconds is < -62135596800 or > 253402300799)
        {
            var cycles = (long)Math.Floor((seconds - 946684800.0) / Cycle);
            extraYears = cycles * 400;
            seconds -= cycles * Cycle;
        }
        moment = moment.AddSeconds(seconds);
        var text = format.Span;
        if (text.StartsWith("!"u8)) text = text[1..];
        return text.StartsWith("*t"u8) ? call.Return(Table(moment, extraYears)) : call.Return(Write(call, text, moment, extraYears));
    }

    private static LuaTable Table(DateTimeOffset moment, long extraYears) => new(0, 9)
    {
        ["year"] = moment.Year + extraYears,
        ["month"] = moment.Month,
        ["day"] = moment.Day,
        ["hour"] = moment.Hour,
        ["min"] = moment.Minute,
        ["sec"] = moment.Second,
        ["wday"] = (int)moment.DayOfWeek,
        ["yday"] = moment.DayOfYear,
        ["isdst"] = false,
    };

    private static LuaString Write(LuaCall call, ReadOnlySpan<byte> format, DateTimeOffset moment, long extraYears)
    {
        var buffer = new LuaBuffer(call, stackalloc byte[128]);
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%' || at + 1 == format.Length)
            {
                buffer.Add(format[at]);
                continue;
            }
            at++;
            if (Part((char)format[at], moment, extraYears) is { } part) buffer.Add(part);
            else buffer.Add(format.Slice(at - 1, 2));
        }
        return buffer.Take();
    }

    private static string? Part(char letter, DateTimeOffset moment, long extraYears) => letter switch
    {
        'a' => Text(moment, "ddd"),
        'A' => Text(moment, "dddd"),
        'b' => Text(moment, "MMM"),
        'B' => Text(moment, "MMMM"),
        'c' => Text(moment, "dd MMM yy HH:mm 'UTC'"),
        'd' => Text(moment, "dd"),
        'F' => Text(moment, "yyyy-MM-dd"),
        'H' => Text(moment, "HH"),
        'I' => Text(moment, "hh"),
        'm' => Text(moment, "MM"),
        'M' => Text(moment, "mm"),
        'p' => Text(moment, "tt"),
        'S' => Text(moment, "ss"),
        'w' => Text((int)moment.DayOfWeek),
        'x' => Text(moment, "HH'/'mm'/'ss"),
        'X' => Text(moment, "HH:mm:ss"),
        'y' => Text(moment, "yy"),
        'Y' => (moment.Year + extraYears).ToString("0000", CultureInfo.InvariantCulture),
        'z' => "+0000",
        'Z' => "UTC",
        '%' => "%",
        _ => null,
    };

    private static string Text(DateTimeOffset moment, string format) => moment.ToString(format, CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
