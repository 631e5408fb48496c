using System.Globalization;
using System.Text;

namespace Nakama.Console.Status;

/// <summary>
/// Lines of a chart as SVG path data, in whole numbers: one horizontal unit is a second, and the height of the axis is
/// <see cref="Height"/> units, so that a line sent every second stays short.
/// </summary>
public static class ChartPath
{
    public const int Height = 1000;

    /// <summary>Points further apart than this, in seconds, are not joined, as there are no samples in between.</summary>
    private const double LongestStep = 10;

    public static string Line(ReadOnlySpan<ChartPoint> points, double top) => Draw(points, top, isClosed: false);

    /// <summary>The space between the line and the axis.</summary>
    public static string Area(ReadOnlySpan<ChartPoint> points, double top) => Draw(points, top, isClosed: true);

    private static string Draw(ReadOnlySpan<ChartPoint> points, double top, bool isClosed)
    {
        var path = new StringBuilder(points.Length * 8);
        var start = 0;
        for (var i = 1; i <= points.Length; i++)
        {
            if (i < points.Length && points[i].Age - points[i - 1].Age <= LongestStep) continue;
            Stretch(path, points[start..i], top, isClosed);
            start = i;
        }

        return path.ToString();
    }

    private static void Stretch(StringBuilder path, ReadOnlySpan<ChartPoint> points, double top, bool isClosed)
    {
        if (points.IsEmpty) return;
        var (x, y) = Place(points[0], top);
        var firstX = x;
        path.Append(CultureInfo.InvariantCulture, $"M{x} {y}");
        foreach (var point in points[1..])
        {
            var (nextX, nextY) = Place(point, top);
            path.Append(CultureInfo.InvariantCulture, $"l{nextX - x} {nextY - y}");
            (x, y) = (nextX, nextY);
        }

        if (isClosed) path.Append(CultureInfo.InvariantCulture, $"V{Height}H{firstX}z");
    }

    private static (int X, int Y) Place(ChartPoint point, double top) =>
        ((int)Math.Round(point.Age + FeedWindow.Seconds), (int)Math.Round((1 - Math.Clamp(point.Value / top, 0, 1)) * Height));
}
