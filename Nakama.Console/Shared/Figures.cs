using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Nakama.Console.Shared;

/// <summary>Formats numbers and times for operators.</summary>
public static class Figures
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(double value) =>
        value.ToString(value >= 100 ? "N0" : value >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture);

    public static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => $"{Rate(bytes / (double)(1L << 30))} GiB",
        >= 1L << 20 => $"{Rate(bytes / (double)(1L << 20))} MiB",
        _ => $"{Rate(bytes / 1024.0)} KiB",
    };

    /// <summary>The two largest units, such as <c>3 d 4 h</c>.</summary>
    public static string Duration(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h {span.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.Seconds} s"),
    };

    /// <summary>The time since or until an instant in one unit: <c>5 minutes ago</c>, <c>in 2 hours</c>.</summary>
    public static string Ago(DateTimeOffset instant, DateTimeOffset now) => (now - instant).Duration() switch
    {
        { TotalSeconds: < 45 } => "just now",
        var span when instant > now => $"in {InOneUnit(span)}",
        var span => $"{InOneUnit(span)} ago",
    };

    /// <summary>An instant in UTC, such as <c>2026-01-02 03:04:05 UTC</c>.</summary>
    public static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The same of a message's field; empty when it is not set.</summary>
    public static string Utc(Timestamp? instant) => instant is null or { Seconds: 0, Nanos: 0 } ? "" : Utc(instant.ToDateTimeOffset());

    private static string InOneUnit(TimeSpan span) => span switch
    {
        { TotalMinutes: < 60 } => Unit(Math.Max(1, span.TotalMinutes), "minute"),
        { TotalHours: < 24 } => Unit(span.TotalHours, "hour"),
        { TotalDays: < 60 } => Unit(span.TotalDays, "day"),
        { TotalDays: < 730 } => Unit(span.TotalDays / 30.4, "month"),
        _ => Unit(span.TotalDays / 365.25, "year"),
    };

    private static string Unit(double value, string name)
    {
        var whole = (long)value;
        return whole == 1 ? $"1 {name}" : string.Create(CultureInfo.InvariantCulture, $"{whole} {name}s");
    }
}
