namespace Nakama.Server.Metrics;

/// <summary>The series of the hooks before or after one method, or of all methods together.</summary>
internal sealed class HookMetrics(MetricRegistry registry, string name)
{
    private readonly Counter _count = registry.Counter(name + "_count");
    private readonly Summary _latencyMs = registry.Summary(name + "_latency_ms");
    private readonly Summary _latency = registry.Summary(name + "_latency");

    public void Done(bool failed, TimeSpan elapsed)
    {
        _count.Increment();
        _latencyMs.Record(elapsed);
        _latency.Record(elapsed);
        if (failed) registry.Counter(name + "_errors").Increment();
    }
}
