using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Nakama.Console.Status;

/// <summary>One figure of every node over the last five minutes, with its current value.</summary>
public sealed partial class LiveChart
{
    private const int ColourCount = 8;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public ChartDefinition Definition { get; set; } = null!;

    [Parameter, EditorRequired]
    public FeedWindow Window { get; set; } = FeedWindow.Empty;

    /// <summary>False while the node is unreachable: the chart is then outdated.</summary>
    [Parameter]
    public bool IsLive { get; set; }

    private IEnumerable<(string Node, int Series)> Lines => Window.Nodes.Select((node, i) => (node, (i % ColourCount) + 1));

    private string Now
    {
        get
        {
            if (!IsLive || Window.Samples.Count == 0 || Window.Samples[^1].Nodes.Count == 0) return "–";
            var value = Window.Samples[^1].Nodes.Average(Definition.Main);
            return value.ToString(value >= 100 ? "N0" : value >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The height of the axis: the next of 1, 2 or 4 times a power of ten above everything drawn, whose half is as short to read.</summary>
    private double Top
    {
        get
        {
            var highest = Definition.Floor;
            foreach (var node in Window.Samples.SelectMany(sample => sample.Nodes))
            {
                highest = Math.Max(highest, Definition.Main(node));
                if (Definition.Faint is { } faint) highest = Math.Max(highest, faint(node));
            }

            var power = Math.Pow(10, Math.Floor(Math.Log10(highest)));
            return (highest / power) switch { <= 1 => 1, <= 2 => 2, <= 4 => 4, _ => 10 } * power;
        }
    }

    private static string FigureText(double value) =>
        value >= 1000
            ? (value / 1000).ToString("0.#", CultureInfo.InvariantCulture) + "k"
            : value.ToString(value >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture);
}
