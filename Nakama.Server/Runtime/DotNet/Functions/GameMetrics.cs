using Nakama.GameLogic.Functions;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IMetrics"/>
internal sealed class GameMetrics(GameFunctionCaller caller) : GameFunctionGroup(caller), IMetrics
{
    private const long NanosecondsPerTick = 100;

    public void AddToCounter(string name, long delta, IReadOnlyDictionary<string, string>? tags) =>
        Call("metrics_counter_add", [Text(name), Map(tags), Whole(delta)]);

    public void SetGauge(string name, double value, IReadOnlyDictionary<string, string>? tags) =>
        Call("metrics_gauge_set", [Text(name), Map(tags), ScriptValue.Of(value)]);

    public void RecordTime(string name, TimeSpan duration, IReadOnlyDictionary<string, string>? tags) =>
        Call("metrics_timer_record", [Text(name), Map(tags), Whole(duration.Ticks * NanosecondsPerTick)]);
}
