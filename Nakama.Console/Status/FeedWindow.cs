using Nakama.Protocol.Feed;

namespace Nakama.Console.Status;

/// <summary>The data of the charts: the samples of the last minutes, thinned out, by their age.</summary>
/// <param name="Samples">The samples shown, oldest first.</param>
/// <param name="Nodes">The nodes that appear in them, by name.</param>
public sealed record FeedWindow(IReadOnlyList<FeedSample> Samples, IReadOnlyList<string> Nodes)
{
    /// <summary>How far back the charts reach, in seconds.</summary>
    public const int Seconds = 300;

    /// <summary>A line is redrawn every second, so it has no more points than can be distinguished.</summary>
    private const int Stride = 2;

    public static readonly FeedWindow Empty = new([], []);

    public static FeedWindow Of(FeedSample[] history)
    {
        if (history.Length == 0) return Empty;
        var oldest = history[^1].Time.AddSeconds(-Seconds);
        var shown = history.Where(sample => sample.Time >= oldest);
        // Selected by their second and not by their index, so that the same ones stay while the window moves.
        var thinned = shown.Where((sample, _) => sample == history[^1] || sample.Time.ToUnixTimeSeconds() % Stride == 0).ToArray();
        return new(thinned, [.. thinned.SelectMany(sample => sample.Nodes).Select(node => node.Name).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>One figure of one node over time.</summary>
    public ChartPoint[] Points(string node, Func<NodeSample, double> figure)
    {
        if (Samples.Count == 0) return [];
        var now = Samples[^1].Time;
        return
        [
            .. from sample in Samples
               let one = sample.Nodes.FirstOrDefault(n => n.Name == node)
               where one is not null
               select new ChartPoint((sample.Time - now).TotalSeconds, figure(one)),
        ];
    }
}

/// <summary>A value at a point in time.</summary>
/// <param name="Age">Seconds before now, as a negative number.</param>
/// <param name="Value">The figure.</param>
public sealed record ChartPoint(double Age, double Value);
