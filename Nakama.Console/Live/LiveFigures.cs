using System.Globalization;

namespace Nakama.Console.Live;

/// <summary>Formats the figures of live screens.</summary>
public static class LiveFigures
{
    /// <summary>Milliseconds with as many digits as say something.</summary>
    public static string Milliseconds(double value) =>
        value.ToString(value >= 100 ? "N0" : value >= 1 ? "N1" : "N3", CultureInfo.InvariantCulture) + " ms";

    /// <summary>The age of something, such as <c>3 min 20 s</c>.</summary>
    public static string Age(Google.Protobuf.WellKnownTypes.Timestamp? since, TimeProvider time) =>
        since is null ? "–" : Shared.Figures.Duration(Max(time.GetUtcNow() - since.ToDateTimeOffset(), TimeSpan.Zero));

    /// <summary>A share as a percentage.</summary>
    public static string Share(long part, long whole) =>
        whole == 0 ? "0 %" : (part * 100.0 / whole).ToString(part == 0 || part == whole || part * 100.0 / whole >= 10 ? "N0" : "N1", CultureInfo.InvariantCulture) + " %";

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
