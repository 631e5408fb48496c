namespace Nakama.Server.Metrics;

/// <summary>Gauges of the process itself, under the names that Prometheus client libraries use.</summary>
internal static class ProcessMetrics
{
    public static void Register(MetricRegistry registry)
    {
        registry.Gauge("process_cpu_seconds", () => Environment.CpuUsage.TotalTime.TotalSeconds);
        registry.Gauge("process_resident_memory_bytes", () => Environment.WorkingSet);
        registry.Gauge("process_threads", () => ThreadPool.ThreadCount);
        registry.Gauge("process_gc_heap_bytes", () => GC.GetTotalMemory(forceFullCollection: false));
        registry.Gauge("process_gc_collections", () => GC.CollectionCount(0));
        registry.Gauge("process_gc_pause_seconds", () => GC.GetTotalPauseDuration().TotalSeconds);
    }
}
