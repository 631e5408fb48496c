using Nakama.Protocol.Feed;

namespace Nakama.Console.Status;

/// <summary>The contents of one chart, shown for every node.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Unit">The unit of all its figures.</param>
/// <param name="Floor">The minimum height of the axis, so that noise is not magnified.</param>
/// <param name="Main">The figure drawn as the line.</param>
/// <param name="FaintName">The name of the second, dashed line; empty when there is none.</param>
/// <param name="Faint">The figure of the second line.</param>
public sealed record ChartDefinition(
    string Title, string Unit, double Floor, Func<NodeSample, double> Main, string FaintName = "", Func<NodeSample, double>? Faint = null)
{
    private const double Mebi = 1024 * 1024;

    /// <summary>The charts of the dashboard, in order.</summary>
    public static readonly IReadOnlyList<ChartDefinition> All =
    [
        new("Processing latency", "ms", 1, node => node.LatencyAvgMs, "p99", node => node.LatencyP99Ms),
        new("Requests", "/s", 4, node => node.RequestsPerSec, "errors", node => node.ErrorsPerSec),
        new("Messages", "/s", 4, node => node.MessagesPerSec),
        new("Input", "KiB/s", 1, node => node.InputKibPerSec),
        new("Output", "KiB/s", 1, node => node.OutputKibPerSec),
        new("Processor", "%", 10, node => node.CpuPercent),
        new("Memory", "MiB", 100, node => node.WorkingSetBytes / Mebi, "managed heap", node => node.GcHeapBytes / Mebi),
        new("Garbage collection pauses", "ms/s", 4, node => node.GcPauseMs),
    ];
}
