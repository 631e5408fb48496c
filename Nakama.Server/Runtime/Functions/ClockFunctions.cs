namespace Nakama.Server.Runtime.Functions;

/// <summary>The time.</summary>
internal sealed class ClockFunctions(TimeProvider time) : IFunctionModule
{
    private const int MonthsInYear = 12;
    private const int DefaultHour = 12;

    // Larger values are not dates, and the limit keeps the sums below far from overflow.
    private const long MaxPart = 1_000_000_000;

    public string Name => "Time";

    public void Describe(FunctionGroup functions) =>
        functions.Function("time", "Milliseconds since the epoch, of now or of the parts of a date in UTC.")
            .OptionalTable("date").Returns("milliseconds").OnlyInLua()
            .Does(call => ScriptValue.Of((double)(call.Has(0) ? Of(call.Table(0)) : time.GetUtcNow().ToUnixTimeMilliseconds())));

    private static long Of(IScriptTable date)
    {
        var months = (Part(date, "year", -1) * MonthsInYear) + Part(date, "month", -1) - 1;
        var year = (long)Math.Floor((double)months / MonthsInYear);
        var days = DaysBefore(year, (int)(months - (year * MonthsInYear)) + 1) + Part(date, "day", -1) - 1;
        var hours = (days * 24) + Part(date, "hour", DefaultHour);
        var seconds = (((hours * 60) + Part(date, "min", 0)) * 60) + Part(date, "sec", 0);
        return (seconds * 1000) + Part(date, "msec", 0);
    }

    /// <summary>Days from the epoch to the first of a month of any year.</summary>
    private static long DaysBefore(long year, int month)
    {
        // Years begin in March here, so that the leap day comes last.
        var shifted = month <= 2 ? year - 1 : year;
        var era = (long)Math.Floor(shifted / 400.0);
        var yearOfEra = shifted - (era * 400);
        var dayOfYear = ((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5;
        return (era * 146097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - 719468;
    }

    private static long Part(IScriptTable date, string name, long fallback) =>
        date.Field(name) is { Kind: ScriptValueKind.Number } value ? (long)Math.Clamp(value.AsNumber(), -MaxPart, MaxPart) : fallback;
}
