using Nakama.Server.Metrics;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Custom metrics of a game.</summary>
internal sealed class MetricFunctions(CustomMetrics metrics) : IFunctionModule
{
    private const double NanosecondsPerTick = 100;
    private const string NoTags = "expects object with string keys and values";

    public string Name => "Metrics";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("metrics_counter_add", "Adds to the counter `custom_<name>`.")
            .Text("name", "expects string").OptionalTable("tags", NoTags).NeededInJavaScript().Whole("delta")
            .Does(call => Done(call, metrics.TryAdd(call.Text(0), Labels(call), call.Whole(2))));
        functions.Function("metrics_gauge_set", "Sets the gauge `custom_<name>`.")
            .Text("name", "expects string").OptionalTable("tags", NoTags).NeededInJavaScript().Number("value")
            .Does(call => Done(call, metrics.TrySet(call.Text(0), Labels(call), call.Number(2))));
        functions.Function("metrics_timer_record", "Records nanoseconds in the timer `custom_<name>`.")
            .Text("name", "expects string").OptionalTable("tags", NoTags).NeededInJavaScript().Whole("nanoseconds")
            .Does(call => Done(call, metrics.TryRecord(call.Text(0), Labels(call), TimeSpan.FromTicks((long)(call.Whole(2) / NanosecondsPerTick)))));
    }

    private static KeyValuePair<string, string>[] Labels(FunctionCall call) =>
        [.. call.TextMap(1, "tags keys must be strings", new("tags values must be strings", "expects string")).OrderBy(static label => label.Key, StringComparer.Ordinal)];

    private static ScriptValue Done(FunctionCall call, bool isOfItsKind) =>
        isOfItsKind ? default : throw call.Refuse(0, "the name belongs to a metric of another kind");
}
