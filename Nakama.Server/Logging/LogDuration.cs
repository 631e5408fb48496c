using System.Globalization;

namespace Nakama.Server.Logging;

/// <summary>Durations in the format of the reference server, such as <c>1m2.5s</c>, <c>12ms</c>, <c>105.4µs</c>.</summary>
internal static class LogDuration
{
    public static string Format(TimeSpan duration)
    {
        var ticks = Math.Abs((decimal)duration.Ticks);
        var sign = duration < TimeSpan.Zero ? "-" : "";
        if (ticks == 0) return "0s";
        if (ticks < TimeSpan.TicksPerMicrosecond) return $"{sign}{Text(ticks * 100)}ns";
        if (ticks < TimeSpan.TicksPerMillisecond) return $"{sign}{Text(ticks / TimeSpan.TicksPerMicrosecond)}µs";
        if (ticks < TimeSpan.TicksPerSecond) return $"{sign}{Text(ticks / TimeSpan.TicksPerMillisecond)}ms";

        var hours = Math.Floor(ticks / TimeSpan.TicksPerHour);
        var minutes = Math.Floor(ticks % TimeSpan.TicksPerHour / TimeSpan.TicksPerMinute);
        var seconds = Text(ticks % TimeSpan.TicksPerMinute / TimeSpan.TicksPerSecond);
        return hours > 0 ? $"{sign}{hours:0}h{minutes:0}m{seconds}s" : minutes > 0 ? $"{sign}{minutes:0}m{seconds}s" : $"{sign}{seconds}s";
    }

    private static string Text(decimal value) => value.ToString("0.#######", CultureInfo.InvariantCulture);
}
